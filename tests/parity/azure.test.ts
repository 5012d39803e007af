import assert from "node:assert/strict";
import { applicationRows } from "./azure-application";
import { infrastructureRows } from "./azure-infrastructure";
import { recorded } from "./azure-recorded";
import { AzureVariables } from "./azure-variables";
import { describeParity } from "./suite";

describe("the list of the Azure module's variables", () => {
    it("is whole", () => assert.equal(AzureVariables.length, 63));
});

describeParity({
    title: "parity with the Terraform module of Azure",
    rows: [...applicationRows, ...infrastructureRows],
    variables: AzureVariables,
    graphOf: async (change) => (await recorded(change)).graph,
});
