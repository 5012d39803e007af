/** `npm run docs:arguments`: writes the pages of the arguments of clouds. */
import { writeFileSync } from "node:fs";
import { argumentsPage, ArgumentsPages } from "./cloud-arguments";
import { declaredArguments } from "./declared-arguments";

for (const page of ArgumentsPages) {
    writeFileSync(page.file, argumentsPage(page, declaredArguments()));
    console.log(`wrote ${page.file}`);
}
