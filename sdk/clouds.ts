import { readFileSync } from "node:fs";
import type { AwsFolder } from "./aws/folder";
import type { AzureFolder } from "./azure/folder";
import { inputError } from "./errors";
import type { GcpFolder } from "./gcp/folder";

/** What each cloud's folder exports, in types that are free of its SDK. */
interface CloudFolders {
    readonly aws: AwsFolder;
    readonly gcp: GcpFolder;
    readonly azure: AzureFolder;
}

/** A cloud's Pulumi SDK, an optional peer in package.json, and our folder that imports it. */
interface Cloud<Folder> {
    readonly packageName: string;
    /** The major that our code is written for. */
    readonly major: number;
    readonly load: () => Folder;
}

const Clouds: { readonly [C in keyof CloudFolders]: Cloud<CloudFolders[C]> } = {
    /* eslint-disable @typescript-eslint/no-require-imports -- an import would load it for every program */
    aws: { packageName: "@pulumi/aws", major: 7, load: () => require("./aws") as AwsFolder },
    gcp: { packageName: "@pulumi/gcp", major: 9, load: () => require("./gcp") as GcpFolder },
    azure: {
        packageName: "@pulumi/azure-native",
        major: 3,
        load: () => require("./azure") as AzureFolder,
    },
    /* eslint-enable @typescript-eslint/no-require-imports */
};

/**
 * Loads the folder of one cloud, and with it that cloud's SDK, only now that a program uses it. To be called before `super`, so that
 * nothing is registered when the SDK is missing.
 *
 * @param component logical name of the component that needs it
 * @throws InputPropertiesError when the SDK is not installed, or in another major
 */
export function loadCloud<C extends keyof CloudFolders>(cloud: C, component: string): CloudFolders[C] {
    requireSdk(Clouds[cloud], component);
    return Clouds[cloud].load();
}

/** Demands the SDK where our own files will look for it: beside this package. */
function requireSdk({ packageName, major }: Cloud<unknown>, component: string): void {
    const remedy = `Run \`npm install ${packageName}@${major}\` in the folder of your program.`;
    let file: string;
    try {
        file = require.resolve(`${packageName}/package.json`);
    } catch {
        throw inputError(`${component}: the package ${packageName} is not installed, nothing was created. ${remedy}`);
    }
    const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
    if (version.split(".")[0] !== String(major)) {
        throw inputError(
            `${component}: version ${major} of the package ${packageName} is needed, but ${version} is installed, nothing was created. ${remedy}`,
        );
    }
}
