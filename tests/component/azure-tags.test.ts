import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AzureDeployments } from "../support/azure-args";
import { recordedOnAzure } from "../support/azure-recording";
import { at } from "../support/resolve";

const { production, private: inside, existing } = AzureDeployments;
const tags = { team: "ml" };

/** As many types as deployments can have. */
const cases: Readonly<Record<string, WandbDeploymentArgs>> = {
    "everything that is made": {
        ...production,
        tags,
        azure: { ...production.azure, bucket: { events: true } },
    },
    "inside the network": { ...inside, tags },
    "around an own cluster": { ...existing, tags },
};

const sdk = dirname(require.resolve("@pulumi/azure-native/package.json"));

/** Could never be changed, for Azure returns a key that is there as it is: https://learn.microsoft.com/rest/api/keyvault/keys/keys/create-if-not-exist */
const Fixed = "azure-native:keyvault:Key";

/** Whether Azure takes tags for a type: its declaration has them then. */
function takesTags(type: string): boolean {
    const [, module = "", name = ""] = type.split(":");
    // azure-native:privatedns:PrivateZone is declared in privatedns/privateZone.d.ts
    const files = readdirSync(join(sdk, module)).filter((file) => file.toLowerCase() === `${name}.d.ts`.toLowerCase());
    assert.equal(files.length, 1, type);
    const declaration = readFileSync(join(sdk, module, files[0]), "utf8");
    return /^ {4}tags\?: pulumi\.Input</m.test(declaration);
}

describe("tags of a deployment on Azure", function () {
    this.timeout(60_000);

    for (const [what, args] of Object.entries(cases)) {
        it(`are on each resource that takes tags: ${what}`, async () => {
            const resources = await recordedOnAzure(args);
            const taking = resources
                .filter(({ type }) => type.startsWith("azure-native:") && type !== Fixed && takesTags(type))
                .map(({ type, name, inputs }) => ({ what: `${type} ${name}`, team: at(inputs, "tags.team") }));
            assert.ok(taking.length > 4);
            assert.deepEqual(
                taking.filter(({ team }) => team !== "ml"),
                [],
            );
        });
    }
});
