/** The stand-in for `aws eks get-token`, and what the authenticator of simulated EKS clusters makes of its tokens. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../../sandbox/aws-cli/command";
import { commandFolder, installAwsCli } from "../../sandbox/aws-cli";
import { signingKey } from "../../sandbox/aws-cli/token";
import { Inventory, type Row } from "../../sandbox/clouds/inventory";
import { authenticate } from "../../sandbox/control-plane/authenticator";
import { ensureCredentials } from "../../sandbox/control-plane/credentials";

interface ExecCredential {
    readonly kind: string;
    readonly apiVersion: string;
    readonly status: { readonly expirationTimestamp: string; readonly token: string };
}

const region = "eu-west-1";
const user = "arn:aws:iam::123456789012:user/sandbox";
const ownRole = "arn:aws:iam::123456789012:role/team/admin";
const now = new Date("2026-03-04T05:06:07Z");
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describe("stand-in AWS CLI", () => {
    let dir: string;
    let inventory: Inventory;
    beforeEach(() => {
        // The name has what a shell would trip over.
        dir = mkdtempSync(join(tmpdir(), "it's $aws "));
        ensureCredentials(dir);
        inventory = new Inventory(dir, "aws");
    });
    afterEach(() => rmSync(dir, { recursive: true, force: true }));

    const plant = (type: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}) =>
        inventory.plant({ type, id: JSON.stringify(inputs), inputs, outputs });
    const plantCluster = (accessConfig?: Row["inputs"]) =>
        plant("aws:eks/cluster:Cluster", { name: "one", ...(accessConfig === undefined ? {} : { accessConfig }) });
    const plantRole = () => plant("aws:iam/role:Role", { name: "admin" }, { arn: ownRole });

    function getToken(...flags: string[]): ExecCredential {
        const args = ["eks", "get-token", "--cluster-name", "one", "--region", region, ...flags];
        const { code, stdout, stderr } = runCommand(args, {}, dir, now);
        assert.equal(code, 0, stderr);
        return JSON.parse(stdout) as ExecCredential;
    }

    function userOf(credential: ExecCredential, at = now) {
        return authenticate(signingKey(dir) ?? "", credential.status.token, inventory.view(), at);
    }

    it("prints a credential that says 14 minutes, in the version the client asks for", () => {
        const credential = getToken("--output", "json", "--profile", "any");
        assert.equal(credential.kind, "ExecCredential");
        assert.equal(credential.apiVersion, "client.authentication.k8s.io/v1beta1");
        assert.equal(credential.status.expirationTimestamp, "2026-03-04T05:20:07Z");
        assert.match(credential.status.token, /^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
        const info = JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1" });
        const args = ["eks", "get-token", "--cluster-name=one"];
        const { stdout } = runCommand(args, { KUBERNETES_EXEC_INFO: info, AWS_REGION: region }, dir, now);
        assert.equal((JSON.parse(stdout) as ExecCredential).apiVersion, "client.authentication.k8s.io/v1");
    });

    const refused: [string, string[], number, RegExp][] = [
        ["another service", ["s3", "ls"], 252, /argument command: Found invalid choice 's3'/],
        ["another operation", ["eks", "list-clusters"], 252, /argument operation: Found invalid choice/],
        ["an unknown option", ["eks", "get-token", "--name", "one"], 252, /--name/],
        ["no cluster", ["eks", "get-token", "--region", region], 255, /Either parameter --cluster-name/],
        ["no region", ["eks", "get-token", "--cluster-name", "one"], 253, /You must specify a region/],
        ["another output", ["eks", "get-token", "--cluster-name", "one", "--output", "text"], 252, /--output/],
        [
            "a role of the account that does not exist",
            ["eks", "get-token", "--cluster-name", "one", "--region", region, "--role-arn", ownRole],
            254,
            /An error occurred \(AccessDenied\) when calling the AssumeRole operation: User: .*:user\/sandbox is not/,
        ],
    ];
    for (const [title, args, code, message] of refused) {
        it(`refuses ${title}`, () => {
            const result = runCommand(args, {}, dir);
            assert.equal(result.code, code);
            assert.match(result.stderr, message);
            assert.equal(result.stdout, "");
        });
    }

    it("has no credentials before the sandbox was started", () => {
        rmSync(dir, { recursive: true });
        const result = runCommand(["eks", "get-token", "--cluster-name", "one", "--region", region], {}, dir);
        assert.deepEqual([result.code, /credentials/.test(result.stderr)], [253, true]);
    });

    it("signs for a cluster that does not exist; the cluster's side refuses", async () => {
        const credential = getToken();
        assert.equal(userOf(credential), undefined);
        await plantCluster();
        assert.deepEqual(userOf(credential), { username: user, groups: ["system:masters"] });
    });

    it("is taken for 15 minutes, for its own cluster and unchanged", async () => {
        await plantCluster();
        await plant("aws:eks/cluster:Cluster", { name: "two", accessConfig: {} });
        const credential = getToken();
        assert.ok(userOf(credential, minutesLater(15)));
        assert.equal(userOf(credential, minutesLater(16)), undefined);
        assert.equal(userOf(credential, minutesLater(-2)), undefined);
        const { token } = credential.status;
        const url = Buffer.from(token.slice("k8s-aws-v1.".length), "base64url").toString("utf8");
        const foreign = url.replace("AKIASANDBOX", "AKIAANOTHER");
        const changed = `k8s-aws-v1.${Buffer.from(foreign).toString("base64url")}`;
        for (const wrong of [changed, token.slice(0, -4), "k8s-aws-v1.", "anything"]) {
            assert.equal(authenticate(signingKey(dir) ?? "", wrong, inventory.view(), now), undefined);
        }
        assert.equal(authenticate("another key", token, inventory.view(), now), undefined);
    });

    it("lets the creator in only when the cluster gives him rights, or an access entry does", async () => {
        await plantCluster({ bootstrapClusterCreatorAdminPermissions: false });
        const credential = getToken();
        assert.equal(userOf(credential), undefined);
        await plant("aws:eks/accessEntry:AccessEntry", { clusterName: "two", principalArn: user });
        assert.equal(userOf(credential), undefined);
        const userName = "me:{{SessionName}}";
        const entry = { clusterName: "one", principalArn: user, kubernetesGroups: ["viewers"], userName };
        await plant("aws:eks/accessEntry:AccessEntry", entry);
        assert.deepEqual(userOf(credential), { username: "me:EKSGetTokenAuth", groups: ["viewers"] });
    });

    it("makes an administrator of a role with the policy for the whole cluster", async () => {
        await plantCluster();
        await plantRole();
        const credential = getToken("--role-arn", ownRole);
        assert.equal(userOf(credential), undefined);
        await plant("aws:eks/accessEntry:AccessEntry", { clusterName: "one", principalArn: ownRole });
        const association = (policy: string, type: string) =>
            plant("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", {
                clusterName: "one",
                principalArn: ownRole,
                policyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
                accessScope: { type },
            });
        await association("AmazonEKSViewPolicy", "cluster");
        await association("AmazonEKSClusterAdminPolicy", "namespace");
        assert.deepEqual(userOf(credential)?.groups, []);
        await association("AmazonEKSClusterAdminPolicy", "cluster");
        assert.deepEqual(userOf(credential), {
            username: "arn:aws:sts::123456789012:assumed-role/admin/EKSGetTokenAuth",
            groups: ["system:masters"],
        });
    });

    it("stands in the instance as a program of its own, and can be put there again", async () => {
        installAwsCli(dir);
        installAwsCli(dir);
        await plantCluster();
        const run = (...args: string[]) =>
            spawnSync(join(commandFolder(dir), "aws"), args, { encoding: "utf8", env: { PATH: process.env["PATH"] } });
        const { stdout, status } = run("eks", "get-token", "--cluster-name", "one", "--region", region);
        assert.equal(status, 0);
        assert.ok(userOf(JSON.parse(stdout) as ExecCredential, new Date()));
        const refusal = run("sts", "get-caller-identity");
        assert.deepEqual([refusal.status, refusal.stdout], [252, ""]);
    });
});
