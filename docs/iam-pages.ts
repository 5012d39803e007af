/** The pages of roles and policies, one for each cloud. */
import { GcpIamFile, gcpIamPage, grantsMade } from "./gcp-iam";
import { iamPage, IamFile } from "./iam";
import { Holders } from "./iam-grants";

export interface IamPage {
    /** The committed page. */
    readonly file: string;
    readonly text: () => string | Promise<string>;
}

export const IamPages: readonly IamPage[] = [
    { file: IamFile, text: () => iamPage(Holders) },
    { file: GcpIamFile, text: async () => gcpIamPage(await grantsMade()) },
];
