/** `npm run docs:checks`: writes the page of all checks. */
import { writeFileSync } from "node:fs";
import { Checks } from "../sdk/checks";
import { ApplicationChartVersion } from "../sdk/versions";
import { checksPage, ChecksFile } from "./checks";

writeFileSync(ChecksFile, checksPage(Checks, ApplicationChartVersion));
console.log(`wrote ${ChecksFile}`);
