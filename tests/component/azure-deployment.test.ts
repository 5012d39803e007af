import assert from "node:assert/strict";
import type { WandbDeploymentArgs } from "../../sdk/args";
import { AzureBucketAccess, type WandbDeployment } from "../../sdk/index";
import { deployedAlone } from "../support/aws-recording";
import { Canary, canaryLicense } from "../support/canary";
import { AzureDeployments } from "../support/azure-args";
import { startOnAzure } from "../support/azure-graph";
import { recordedOnAzure } from "../support/azure-recording";
import type { GraphRecorder } from "../support/graph";
import { plainWords } from "../support/plain-secrets";
import { at, leavesOf, promiseOf } from "../support/resolve";
import { assertSnapshot } from "../support/snapshot";

const { production } = AzureDeployments;

/** Whatever is worth keeping, and the right to encrypt and decrypt it: type and name. */
const Data = [
    /^azure-native:resources:ResourceGroup /,
    /^azure-native:dbformysql:Server /,
    // Not the queue: what is in it is told again.
    /^azure-native:storage:(StorageAccount|BlobContainer|BlobServiceProperties|ManagementPolicy) /,
    /^azure-native:keyvault:/,
    /^azure-native:managedidentity:UserAssignedIdentity demo-encryption-identity$/,
    /^azure-native:authorization:RoleAssignment demo-(cluster|database|storage)-(key-use|vault-link)$/,
    /^azure-native:authorization:RoleAssignment demo-bucket-(objects|settings|signing)$/,
    /^azure-native:containerservice:ManagedCluster /,
    /^kubernetes:apps\.wandb\.com\//,
];

/** With all that holds data. */
const everything: WandbDeploymentArgs = {
    ...production,
    azure: { ...production.azure, bucket: { events: true, access: AzureBucketAccess.Identity } },
};

describe("a deployment on Azure", () => {
    for (const [kind, args] of Object.entries(AzureDeployments)) {
        it(`registers the graph that the snapshot shows: ${kind}`, async () => {
            const graph = await startOnAzure();
            await deployedAlone(args);
            assertSnapshot(`azure-${kind}`, graph.lines());
        });
    }

    it("protects what holds data, and nothing else", async () => {
        const resources = await recordedOnAzure(everything);
        const made = resources
            .filter(({ type }) => /^(azure-native|kubernetes):/.test(type))
            .map(({ type, name, protect }) => ({ what: `${type} ${name}`, kept: protect === true }));
        const holdsData = (what: string) => Data.some((pattern) => pattern.test(what));
        assert.deepEqual(
            made.filter(({ what, kept }) => kept !== holdsData(what)),
            [],
        );
        const missing = Data.filter((pattern) => !made.some(({ what }) => pattern.test(what)));
        assert.deepEqual(missing, []);
    });

    it("protects nothing when it is told so", async () => {
        const resources = await recordedOnAzure({ ...everything, deletionProtection: false });
        assert.deepEqual(
            resources.filter(({ protect }) => protect === true).map(({ name }) => name),
            [],
        );
    });
});

/** What the mocks of Azure give for keys of the cache and of the storage account. */
const [CacheKey, AccountKey] = ["generated-key", "c3RvcmFnZS1rZXk="];
const Secrets = [Canary, CacheKey, AccountKey];

describe("secrets of a deployment on Azure", () => {
    let graph: GraphRecorder;
    let deployment: WandbDeployment;

    before(async () => {
        graph = await startOnAzure({
            "random:index/randomPassword:RandomPassword": { result: `${Canary}Generated` },
        });
        deployment = await deployedAlone({
            ...production,
            license: canaryLicense(),
            secretEnv: { EXTRA_TOKEN: `${Canary}Env` },
        });
    });

    it("are marked wherever they go", () => {
        assert.deepEqual(
            graph.resources.flatMap(({ name, inputs }) => plainWords(inputs, Secrets, name)),
            [],
        );
        const carried = JSON.stringify(graph.resources.map(({ inputs }) => inputs));
        for (const word of [`${Canary}Generated`, `${Canary}Env`, CacheKey, AccountKey]) {
            assert.ok(carried.includes(word), word);
        }
    });

    it("stay out of the custom resource and the kubeconfig, even marked", () => {
        for (const name of ["demo-instance", "demo-kubernetes"]) {
            const { inputs } = graph.byName(name);
            assert.doesNotMatch(JSON.stringify(inputs), new RegExp(Secrets.join("|")), name);
        }
    });

    it("are marked among the outputs", async () => {
        const { azure, url, kubeconfig, bucketName, databaseHost, manifest } = deployment;
        const outputs = { azure, url, kubeconfig, bucketName, databaseHost, manifest };
        const withSecret: string[] = [];
        for (const { path, secret, known } of await leavesOf(outputs)) {
            if (known && JSON.stringify({ value: await promiseOf(at(outputs, path)) }).includes(Canary)) {
                assert.ok(secret, path);
                withSecret.push(path);
            }
        }
        assert.deepEqual(withSecret.sort(), ["azure.databaseConnectionString", "azure.databasePassword"]);
    });
});
