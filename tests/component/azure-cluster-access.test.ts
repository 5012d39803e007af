import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { wrongCluster } from "../../sdk/azure/cluster/existing";
import { apiServerIn, kubeloginText } from "../../sdk/azure/cluster/kubeconfig";
import {
    adminKubeconfig,
    answers,
    type ClusterSettings,
    makeMockedCluster as make,
    nodeSubnetId,
    userKubeconfig,
    vnetId,
} from "../support/azure-cluster";
import { idIn, tenantId } from "../support/azure-platform";
import { promiseOf } from "../support/resolve";

describe("the kubeconfig of an AKS cluster", () => {
    const textOf = async (settings: ClusterSettings) =>
        promiseOf((await make(settings, { preview: false })).facts.kubeconfig);

    it("is a secret, while address and authority are none", async () => {
        const { facts } = await make({}, { preview: false });
        assert.equal(await pulumi.isSecret(facts.kubeconfig), true);
        assert.equal(await pulumi.isSecret(facts.endpoint), false);
        assert.equal(await promiseOf(facts.endpoint), "https://api.example:443");
        assert.equal(await promiseOf(facts.certificateAuthority), "Y2E=");
    });

    it("is a user's without Entra ID, an administrator's with it", async () => {
        assert.equal(await textOf({}), userKubeconfig);
        assert.equal(await textOf({ cluster: { entraId: {} } }), adminKubeconfig);
    });

    it("holds no credential without local accounts", async () => {
        const text = await textOf({ cluster: { entraId: {}, localAccounts: false, kubeconfig: { login: "spn" } } });
        assert.equal(text.includes("of-a-user"), false);
        const { users } = JSON.parse(text) as { users: { user: { exec: { command: string; args: string[] } } }[] };
        assert.equal(users[0].user.exec.command, "kubelogin");
        assert.deepEqual(users[0].user.exec.args, [
            "get-token",
            "--login",
            "spn",
            "--server-id",
            "6dae42f8-4368-4678-94ff-3960e28e3630",
            "--tenant-id",
            tenantId,
        ]);
    });

    it("names tenant and client where the login asks for them", () => {
        const parts = { name: "w", endpoint: "https://w", certificateAuthority: "Y2E=", tenantId };
        const argsOf = (more: object) =>
            (JSON.parse(kubeloginText({ ...parts, ...more })) as { users: { user: { exec: { args: string[] } } }[] })
                .users[0].user.exec.args;
        assert.equal(argsOf({}).includes("--tenant-id"), false);
        assert.deepEqual(argsOf({ login: "msi", clientId: "c" }).slice(-2), ["--client-id", "c"]);
        assert.deepEqual(argsOf({ login: "workloadidentity" }).slice(-2), ["--tenant-id", tenantId]);
    });

    it("is read in YAML too", () => {
        const yaml =
            "clusters:\n- name: w\n  cluster:\n    server: https://w:443\n    certificate-authority-data: Y2E=\nusers: []\n";
        assert.deepEqual(apiServerIn(yaml), { name: "w", endpoint: "https://w:443", certificateAuthority: "Y2E=" });
        assert.equal(apiServerIn("clusters: []"), undefined);
        assert.equal(apiServerIn(""), undefined);
    });
});

describe("an AKS cluster of somebody else", () => {
    const theirs = {
        name: "theirs",
        oidcIssuerProfile: { enabled: true, issuerURL: "https://issuer.example/" },
        securityProfile: { workloadIdentity: { enabled: true } },
        agentPoolProfiles: [{ name: "pool", vnetSubnetID: nodeSubnetId.toUpperCase() }],
    } as Parameters<typeof wrongCluster>[0];

    it("is taken with issuer, workload identity and nodes in the network", () => {
        assert.equal(wrongCluster(theirs, vnetId), undefined);
    });

    it("is refused without issuer or workload identity", () => {
        const refused =
            /^azure\.cluster\.existing\.name: is a cluster without OIDC issuer or workload identity \("theirs" given\)/;
        assert.match(wrongCluster({ ...theirs, oidcIssuerProfile: undefined }, vnetId) ?? "", refused);
        assert.match(wrongCluster({ ...theirs, securityProfile: {} }, vnetId) ?? "", refused);
    });

    it("is refused in another network", () => {
        assert.match(
            wrongCluster(theirs, `${vnetId}-2`) ?? "",
            /^azure\.network\.existing\.vnetId: is another network/,
        );
        assert.match(wrongCluster({ ...theirs, agentPoolProfiles: [] }, vnetId) ?? "", /a network of AKS's own/);
    });

    it("is looked up in the group that is named, and nothing is made", async () => {
        const asked: Record<string, unknown>[] = [];
        const { graph, facts } = await make(
            { cluster: { existing: { name: "theirs", resourceGroupName: "platform" } } },
            {
                answers: {
                    ...answers,
                    "azure-native:containerservice:getManagedCluster": (inputs) => {
                        asked.push({ ...inputs });
                        return {
                            ...theirs,
                            id: idIn("Microsoft.ContainerService/managedClusters/theirs"),
                            nodeResourceGroup: "MC_theirs",
                        };
                    },
                },
            },
        );
        assert.equal(await promiseOf(facts.kubeconfig), userKubeconfig);
        assert.equal(await promiseOf(facts.tokenIssuer), "https://issuer.example/");
        assert.deepEqual(asked, [{ resourceGroupName: "platform", resourceName: "theirs" }]);
        assert.deepEqual(
            graph.resources.filter(({ type }) => /^(azure-native|random):/.test(type)).map(({ name }) => name),
            [],
        );
    });

    it("is reached by a kubeconfig that is given", async () => {
        const { facts } = await make(
            { cluster: { existing: { name: "theirs", kubeconfig: adminKubeconfig } } },
            { answers: { "azure-native:containerservice:getManagedCluster": () => ({ ...theirs, id: "/theirs" }) } },
        );
        assert.equal(await promiseOf(facts.kubeconfig), adminKubeconfig);
        assert.equal(await promiseOf(facts.endpoint), "https://api.example:443");
    });
});
