/** `npm run docs:iam`: writes the page of roles and policies on AWS. */
import { writeFileSync } from "node:fs";
import { iamPage, IamFile } from "./iam";
import { Holders } from "./iam-grants";

writeFileSync(IamFile, iamPage(Holders));
console.log(`wrote ${IamFile}`);
