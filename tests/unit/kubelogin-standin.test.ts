/** The stand-in for `kubelogin`, and what the authenticator of simulated AKS clusters makes of its tokens. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandFolder } from "../../sandbox/aws-cli";
import { clusterType } from "../../sandbox/clouds/azure/containerservice/shared";
import { guidFor } from "../../sandbox/clouds/azure/ids";
import { identityType } from "../../sandbox/clouds/azure/managedidentity/identity";
import { Inventory, type Row } from "../../sandbox/clouds/inventory";
import { authenticate } from "../../sandbox/control-plane/authenticator";
import { ensureCredentials } from "../../sandbox/control-plane/credentials";
import { installKubelogin } from "../../sandbox/kubelogin";
import { authenticateEntra } from "../../sandbox/kubelogin/authenticator";
import { type Environment, runCommand } from "../../sandbox/kubelogin/command";
import { aksServerId, sandboxUser } from "../../sandbox/kubelogin/identity";
import { entraKey } from "../../sandbox/kubelogin/token";
import { signingKey } from "../../sandbox/aws-cli/token";
import { plantRole } from "../support/azure-cluster";
import { idIn } from "../support/azure-platform";

interface ExecCredential {
    readonly kind: string;
    readonly apiVersion: string;
    readonly status: { readonly expirationTimestamp: string; readonly token: string };
}

const now = new Date("2026-03-04T05:06:07Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const clusterId = idIn("Microsoft.ContainerService/managedClusters/w");
const clientId = "66666666-6666-4666-8666-666666666666";
const clusterAdmin = "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b";
const spn = ["--login", "spn", "--client-id", clientId];

describe("stand-in kubelogin", () => {
    let dir: string;
    let inventory: Inventory;
    beforeEach(() => {
        // The name has what a shell would trip over.
        dir = mkdtempSync(join(tmpdir(), "it's $aks "));
        ensureCredentials(dir);
        inventory = new Inventory(dir, "azure-native");
    });
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    const plantCluster = (aadProfile?: Row["inputs"]) =>
        inventory.plant({
            type: clusterType,
            id: clusterId,
            inputs: { ...(aadProfile === undefined ? {} : { aadProfile }) },
            outputs: {},
        });

    const forgetCluster = () => inventory.change((rows) => rows.remove(clusterType, clusterId));

    function getToken(flags: readonly string[], environment: Environment = {}, serverId = aksServerId): ExecCredential {
        const { code, stdout, stderr } = runCommand(
            ["get-token", "--server-id", serverId, ...flags],
            dir,
            environment,
            now,
        );
        assert.equal(code, 0, stderr);
        return JSON.parse(stdout) as ExecCredential;
    }

    function userOf({ status }: ExecCredential, at = now) {
        return authenticateEntra(entraKey(dir) ?? "", status.token, inventory.view(), at);
    }

    const administrator = (username: string) => ({ username, groups: ["system:masters"] });
    const visitor = (username: string) => ({ username, groups: [] });

    it("prints a credential for an hour", () => {
        const credential = getToken(["--login", "azurecli"]);
        assert.equal(credential.kind, "ExecCredential");
        assert.equal(credential.apiVersion, "client.authentication.k8s.io/v1beta1");
        assert.equal(credential.status.expirationTimestamp, "2026-03-04T06:06:07Z");
    });

    const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
        ["an unknown flag", ["get-token", "--tenant=x"], /tenant/],
        ["another command", ["convert-kubeconfig"], /unknown command "convert-kubeconfig"/],
        ["no application", ["get-token", "--login", "azurecli"], /server-id is required/],
        ["nobody in front of it", ["get-token", "--server-id", aksServerId], /devicecode needs somebody/],
        [
            "a service principal without its secret",
            ["get-token", "--server-id", aksServerId, ...spn],
            /client-secret or client-certificate/,
        ],
        [
            "a workload without its token",
            ["get-token", "--server-id", aksServerId, "-l", "workloadidentity", "--client-id", clientId],
            /federated-token-file/,
        ],
        [
            "a machine that has no identity",
            ["get-token", "--server-id", aksServerId, "--login", "msi"],
            /isn't assigned/,
        ],
    ];
    for (const [name, args, expected] of refused) {
        it(`refuses ${name}`, () => {
            const { code, stdout, stderr } = runCommand(args, dir);
            assert.equal(code, 1);
            assert.equal(stdout, "");
            assert.match(stderr, expected);
        });
    }

    it("refuses before anybody is logged in", () => {
        const empty = mkdtempSync(join(tmpdir(), "aks-"));
        const { code, stderr } = runCommand(["get-token", "--server-id", aksServerId, "--login", "azurecli"], empty);
        rmSync(empty, { recursive: true });
        assert.equal(code, 1);
        assert.match(stderr, /az login/);
    });

    it("lets nobody into a cluster that does not ask Entra ID, or where there is none", async () => {
        const credential = getToken(["--login", "azurecli"]);
        assert.equal(userOf(credential), undefined);
        await plantCluster();
        assert.equal(userOf(credential), undefined);
    });

    it("makes the sandbox's user an administrator by Azure's roles or by a group, and a visitor otherwise", async () => {
        const credential = getToken(["--login", "azurecli"]);
        await plantCluster({ managed: true, enableAzureRBAC: true });
        assert.deepEqual(userOf(credential), administrator(sandboxUser));
        await forgetCluster();
        await plantCluster({ managed: true, adminGroupObjectIDs: ["77777777-7777-4777-8777-777777777777"] });
        assert.deepEqual(userOf(credential), administrator(sandboxUser));
        await forgetCluster();
        await plantCluster({ managed: true });
        assert.deepEqual(userOf(credential), visitor(sandboxUser));
    });

    it("makes others administrators by their role only, and only where Azure's roles count", async () => {
        await plantCluster({ managed: true, enableAzureRBAC: true });
        const credential = getToken(spn, { AZURE_CLIENT_SECRET: "known to nobody" });
        const objectId = guidFor(clientId);
        assert.deepEqual(userOf(credential), visitor(objectId));
        await plantRole(inventory, objectId, clusterAdmin, clusterId);
        assert.deepEqual(userOf(credential), administrator(objectId));
    });

    it("knows managed identities by their client id, from a flag or from the environment", async () => {
        await plantCluster({ managed: true });
        const principalId = "88888888-8888-4888-8888-888888888888";
        await inventory.plant({
            type: identityType,
            id: idIn("identity"),
            inputs: {},
            outputs: { clientId, principalId },
        });
        const environment = { AZURE_CLIENT_ID: clientId, AZURE_FEDERATED_TOKEN_FILE: "/token" };
        assert.deepEqual(userOf(getToken(["--login", "workloadidentity"], environment)), visitor(principalId));
        assert.deepEqual(userOf(getToken(["--login", "msi", "--client-id", clientId])), visitor(principalId));
    });

    it("takes no token that is old, changed, of another application or of another instance", async () => {
        await plantCluster({ managed: true });
        const credential = getToken(["--login", "azurecli"]);
        assert.deepEqual(userOf(credential, minutesLater(59)), visitor(sandboxUser));
        assert.equal(userOf(credential, minutesLater(61)), undefined);
        const changed = { ...credential, status: { ...credential.status, token: `${credential.status.token}x` } };
        assert.equal(userOf(changed), undefined);
        assert.equal(userOf(getToken(["--login", "azurecli"], {}, "another-application")), undefined);
        assert.equal(authenticateEntra("another key", credential.status.token, inventory.view(), now), undefined);
        assert.equal(authenticate(signingKey(dir) ?? "", credential.status.token, inventory.view(), now), undefined);
    });

    it("stands where the programs of an instance find it", function () {
        this.timeout(60_000);
        installKubelogin(dir);
        const { status, stdout, stderr } = spawnSync(
            join(commandFolder(dir), "kubelogin"),
            ["get-token", "--server-id", aksServerId, "--login", "azurecli"],
            { encoding: "utf8", env: { ...process.env, SANDBOX_DIR: dir } },
        );
        assert.equal(status, 0, stderr);
        assert.equal((JSON.parse(stdout) as ExecCredential).kind, "ExecCredential");
    });
});
