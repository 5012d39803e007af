import assert from "node:assert/strict";
import { applicationRows } from "./aws-application";
import { entryRows } from "./aws-entry";
import { infrastructureRows } from "./aws-infrastructure";
import { AwsVariables } from "./aws-variables";
import { recorded } from "./recorded";
import { describeParity } from "./suite";

describe("the list of the AWS module's variables", () => {
    it("is whole", () => assert.equal(AwsVariables.length, 104));
});

describeParity({
    title: "parity with the Terraform module of AWS",
    rows: [...applicationRows, ...entryRows, ...infrastructureRows],
    variables: AwsVariables,
    graphOf: async (change) => (await recorded(change)).graph,
});
