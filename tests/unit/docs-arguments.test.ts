import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { awsArgumentsPage, AwsArgumentsFile } from "../../docs/aws-arguments";
import { declaredArguments } from "../../docs/declared-arguments";

describe("docs/aws-arguments.md", () => {
    it("is what the source says", () => {
        const page = readFileSync(AwsArgumentsFile, "utf8");
        assert.equal(page, awsArgumentsPage(declaredArguments()), "run npm run docs:arguments");
    });

    it("has a meaning for every argument", () => {
        const silent = declaredArguments().filter(
            ({ path, meaning }) => path.startsWith("aws.") && meaning.length < 10,
        );
        assert.deepEqual(
            silent.map(({ path }) => path),
            [],
        );
    });
});
