/** The stand-in for `gke-gcloud-auth-plugin`, and what the authenticator of simulated GKE clusters makes of its tokens. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandFolder } from "../../sandbox/aws-cli";
import { projectMemberType } from "../../sandbox/clouds/gcp/iam";
import { clusterType } from "../../sandbox/clouds/gcp/container/pool";
import { Inventory } from "../../sandbox/clouds/inventory";
import { authenticate } from "../../sandbox/control-plane/authenticator";
import { ensureCredentials } from "../../sandbox/control-plane/credentials";
import { installGkeAuthPlugin } from "../../sandbox/gke-auth";
import { authenticateGoogle } from "../../sandbox/gke-auth/authenticator";
import { runCommand } from "../../sandbox/gke-auth/command";
import { googleKey, sandboxUser } from "../../sandbox/gke-auth/token";
import { plantServiceAccount, project } from "../support/gcp-account";

interface ExecCredential {
    readonly kind: string;
    readonly apiVersion: string;
    readonly status: { readonly expirationTimestamp: string; readonly token: string };
}

const now = new Date("2026-03-04T05:06:07Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const deployer = `deployer@${project.projectId}.iam.gserviceaccount.com`;
const impersonation = `--impersonate_service_account=${deployer}`;

describe("stand-in gke-gcloud-auth-plugin", () => {
    let dir: string;
    let inventory: Inventory;
    beforeEach(() => {
        // The name has what a shell would trip over.
        dir = mkdtempSync(join(tmpdir(), "it's $gke "));
        ensureCredentials(dir);
        inventory = new Inventory(dir, "gcp");
    });
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    const plantCluster = () =>
        inventory.plant({ type: clusterType, id: "one", inputs: {}, outputs: { project: project.projectId } });
    const grant = (role: string, member: string, condition?: { title: string; expression: string }) =>
        inventory.plant({
            type: projectMemberType,
            id: `${project.projectId}/${role}/${member}`,
            inputs: { project: project.projectId, role, member, ...(condition === undefined ? {} : { condition }) },
            outputs: {},
        });

    function getToken(...flags: string[]): ExecCredential {
        const { code, stdout, stderr } = runCommand(flags, dir, now);
        assert.equal(code, 0, stderr);
        return JSON.parse(stdout) as ExecCredential;
    }

    function userOf({ status }: ExecCredential, at = now) {
        return authenticateGoogle(googleKey(dir) ?? "", status.token, inventory.view(), at);
    }

    for (const flags of [
        [],
        ["--use_application_default_credentials"],
        ["--use_application_default_credentials=true"],
    ]) {
        it(`prints a credential for an hour with ${flags.join() || "no flags"}`, () => {
            const credential = getToken(...flags);
            assert.equal(credential.kind, "ExecCredential");
            assert.equal(credential.apiVersion, "client.authentication.k8s.io/v1beta1");
            assert.equal(credential.status.expirationTimestamp, "2026-03-04T06:06:07Z");
            assert.match(credential.status.token, /^ya29\./);
        });
    }

    it("tells its version", () => {
        assert.match(runCommand(["--version"], dir).stdout, /^Kubernetes v/);
    });

    const refused: [string, string[], number, RegExp][] = [
        ["an unknown flag", ["--cluster-name=one"], 2, /cluster-name/],
        ["a flag without its value", ["--impersonate_service_account"], 2, /impersonate_service_account/],
        ["an account that is not there", [impersonation], 1, /PERMISSION_DENIED: Failed to impersonate \[deployer@/],
    ];
    for (const [title, args, code, message] of refused) {
        it(`refuses ${title}`, () => {
            const result = runCommand(args, dir);
            assert.equal(result.code, code);
            assert.match(result.stderr, message);
            assert.equal(result.stdout, "");
        });
    }

    it("acts as nobody else beside Application Default Credentials", async () => {
        await plantCluster();
        const credential = getToken("--use_application_default_credentials", impersonation);
        assert.equal(userOf(credential)?.username, sandboxUser);
    });

    it("has no credentials before the sandbox was started", () => {
        rmSync(dir, { recursive: true });
        const result = runCommand([], dir);
        assert.deepEqual([result.code, /could not find default credentials/.test(result.stderr)], [1, true]);
    });

    it("lets the owner in once there is a cluster, for an hour, with an unchanged token", async () => {
        const credential = getToken();
        assert.equal(userOf(credential), undefined);
        await plantCluster();
        assert.deepEqual(userOf(credential), { username: sandboxUser, groups: ["system:masters"] });
        assert.ok(userOf(credential, minutesLater(59)));
        assert.equal(userOf(credential, minutesLater(60)), undefined);
        const { token } = credential.status;
        const [body, signature] = token.slice("ya29.".length).split(".");
        const foreign = Buffer.from(JSON.stringify({ email: deployer, expires: Date.now() + 1000 })).toString(
            "base64url",
        );
        for (const wrong of [`ya29.${foreign}.${signature}`, `ya29.${body}.x`, `ya29.${body}`, body, "ya29.", ""]) {
            assert.equal(userOf({ ...credential, status: { ...credential.status, token: wrong } }), undefined, wrong);
        }
        assert.equal(authenticateGoogle("another key", token, inventory.view(), now), undefined);
        assert.equal(authenticate(googleKey(dir) ?? "", token, inventory.view(), now), undefined);
    });

    it("acts as a service account only for whoever may make its tokens, which owners may not", async () => {
        const member = await plantServiceAccount(inventory, "deployer");
        assert.equal(runCommand([impersonation], dir).code, 1);
        await grant("roles/iam.serviceAccountTokenCreator", `user:${sandboxUser}`);
        await plantCluster();
        const credential = getToken(impersonation);
        assert.equal(userOf(credential), undefined, "it has no rights in the project");
        await grant("roles/container.admin", member, { title: "later", expression: "false" });
        assert.equal(userOf(credential), undefined, "nobody evaluates the condition");
        await grant("roles/container.clusterViewer", member);
        assert.deepEqual(userOf(credential), { username: deployer, groups: [] });
        await inventory.change((change) =>
            change.remove(projectMemberType, `${project.projectId}/roles/container.admin/${member}`),
        );
        await grant("roles/container.admin", member);
        assert.deepEqual(userOf(credential)?.groups, ["system:masters"]);
    });

    it("takes a grant on the account itself", async () => {
        await plantServiceAccount(inventory, "deployer");
        await inventory.plant({
            type: "gcp:serviceaccount/iAMMember:IAMMember",
            id: "grant",
            inputs: {
                serviceAccountId: `projects/${project.projectId}/serviceAccounts/${deployer}`,
                role: "roles/iam.serviceAccountTokenCreator",
                member: `user:${sandboxUser}`,
            },
            outputs: {},
        });
        assert.equal(runCommand([impersonation], dir).code, 0);
    });

    it("stands in the instance as a program of its own, and can be put there again", async () => {
        installGkeAuthPlugin(dir);
        installGkeAuthPlugin(dir);
        await plantCluster();
        const run = (...args: string[]) =>
            spawnSync(join(commandFolder(dir), "gke-gcloud-auth-plugin"), args, {
                encoding: "utf8",
                env: { PATH: process.env["PATH"] },
            });
        const { stdout, status } = run("--use_application_default_credentials=true");
        assert.equal(status, 0);
        assert.ok(userOf(JSON.parse(stdout) as ExecCredential, new Date()));
        const refusal = run("--nonsense");
        assert.deepEqual([refusal.status, refusal.stdout], [2, ""]);
    });
});
