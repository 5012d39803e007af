import assert from "node:assert/strict";
import { applicationRows } from "./gcp-application";
import { infrastructureRows } from "./gcp-infrastructure";
import { recorded } from "./gcp-recorded";
import { GcpVariables } from "./gcp-variables";
import { describeParity } from "./suite";

describe("the list of the Google Cloud module's variables", () => {
    it("is whole", () => assert.equal(GcpVariables.length, 84));
});

describeParity({
    title: "parity with the Terraform module of Google Cloud",
    rows: [...applicationRows, ...infrastructureRows],
    variables: GcpVariables,
    graphOf: async (change) => (await recorded(change)).graph,
});
