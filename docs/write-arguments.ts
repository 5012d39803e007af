/** `npm run docs:arguments`: writes the page of the arguments of `aws`. */
import { writeFileSync } from "node:fs";
import { awsArgumentsPage, AwsArgumentsFile } from "./aws-arguments";
import { declaredArguments } from "./declared-arguments";

writeFileSync(AwsArgumentsFile, awsArgumentsPage(declaredArguments()));
console.log(`wrote ${AwsArgumentsFile}`);
