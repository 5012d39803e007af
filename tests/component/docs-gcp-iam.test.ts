import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { GcpIamFile, gcpIamPage, grantsMade, type MadeGrant } from "../../docs/gcp-iam";
import { GcpGrantReasons } from "../../docs/gcp-iam-reasons";

describe("docs/gcp-iam.md", function () {
    // It is written from whole deployments.
    this.timeout(120_000);

    let made: readonly MadeGrant[];
    before(async () => {
        made = await grantsMade();
    });

    it("is what the component grants", () => {
        assert.equal(readFileSync(GcpIamFile, "utf8"), gcpIamPage(made), "run npm run docs:iam");
    });

    it("gives one reason for each grant, to the member that has it", () => {
        assert.ok(made.length > 30, `only ${made.length} grants are made`);
        for (const { name, member } of made) {
            const reasons = GcpGrantReasons.filter(({ where }) => where.test(name));
            assert.equal(reasons.length, 1, name);
            assert.match(member, reasons[0].member.like, name);
        }
    });

    it("gives no reason for what nobody makes", () => {
        const idle = GcpGrantReasons.filter(({ where }) => !made.some(({ name }) => where.test(name)));
        assert.deepEqual(
            idle.map(({ names }) => names),
            [],
        );
    });
});
