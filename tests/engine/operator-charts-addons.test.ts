/** What the stand-ins for add-on charts make of the values that are documented for the real ones. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { loadAll } from "js-yaml";
import { ensureToolchain } from "../../sandbox/toolchain";
import { toolchainTimeoutMs } from "../support/scratch-program";

interface Container {
    readonly image: string;
    readonly args?: string[];
    readonly command?: string[];
    readonly env?: { name: string; value: string }[];
}

interface Rendered {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
    readonly spec: {
        readonly replicas?: number;
        readonly maxUnavailable?: number;
        readonly parameters?: { name: string };
        readonly template: { readonly spec: { serviceAccountName: string; containers: Container[] } };
    };
}

const run = promisify(execFile);

describe("stand-in charts of add-ons", function () {
    this.timeout(toolchainTimeoutMs);
    let helm: string;
    let dir: string;

    before(async () => {
        helm = (await ensureToolchain((line) => console.log(`    ${line}`))).path("helm");
        dir = mkdtempSync(join(tmpdir(), "addon-charts-"));
    });
    after(() => rmSync(dir, { recursive: true, force: true }));

    async function render(chart: string, values: object, release = chart): Promise<Rendered[]> {
        const file = join(dir, "values.json");
        writeFileSync(file, JSON.stringify(values));
        const folder = join(__dirname, "..", "..", "sandbox", "operator", "charts", chart);
        const args = ["template", release, folder, "--namespace", "kube-system", "--values", file];
        const { stdout } = await run(helm, args, { maxBuffer: 1 << 24 });
        return loadAll(stdout).filter((object) => object !== null) as Rendered[];
    }

    function find(objects: Rendered[], kind: string, name: string): Rendered {
        const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
        assert.ok(found, `${kind} ${name}`);
        return found;
    }

    const annotations = { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/one" };

    it("load balancer controller: its flags, account, class and budget", async () => {
        const name = "aws-load-balancer-controller";
        const objects = await render(name, {
            clusterName: "one",
            region: "eu-west-1",
            vpcId: "vpc-1",
            serviceAccount: { create: true, name: "lbc", annotations },
            replicaCount: 3,
            podDisruptionBudget: { maxUnavailable: 1 },
            defaultTags: { team: "ml", env: "prod" },
            keepTLSSecret: true,
            unknown: { accepted: true },
        });
        const { replicas, template } = find(objects, "Deployment", name).spec;
        assert.equal(replicas, 3);
        assert.equal(template.spec.serviceAccountName, "lbc");
        const flags = ["cluster-name=one", "ingress-class=alb", "aws-region=eu-west-1", "aws-vpc-id=vpc-1"];
        const expected = [...flags, "default-tags=env=prod,team=ml"].map((flag) => `--${flag}`);
        assert.deepEqual(template.spec.containers[0].args, expected);
        assert.deepEqual(find(objects, "ServiceAccount", "lbc").metadata.annotations, annotations);
        assert.equal(find(objects, "IngressClass", "alb").spec.parameters?.name, "alb");
        find(objects, "IngressClassParams", "alb");
        assert.equal(find(objects, "PodDisruptionBudget", name).spec.maxUnavailable, 1);
    });

    it("load balancer controller: nothing without the cluster's name, no account and class when told so", async () => {
        const name = "aws-load-balancer-controller";
        await assert.rejects(render(name, {}), /Chart cannot be installed without a valid clusterName!/);
        const objects = await render(
            name,
            { clusterName: "one", serviceAccount: { create: false, name: "own" }, createIngressClassResource: false },
            "first",
        );
        const { template } = find(objects, "Deployment", `first-${name}`).spec;
        assert.equal(template.spec.serviceAccountName, "own");
        const kinds = objects.map(({ kind }) => kind);
        for (const kind of ["ServiceAccount", "IngressClass", "IngressClassParams", "PodDisruptionBudget"]) {
            assert.ok(!kinds.includes(kind), kind);
        }
    });

    it("cluster autoscaler: discovery by the cluster's tags, its name, account and flags", async () => {
        const objects = await render("cluster-autoscaler", {
            autoDiscovery: { clusterName: "one" },
            awsRegion: "eu-west-1",
            image: { tag: "v9.9.9" },
            rbac: { serviceAccount: { name: "cluster-autoscaler", annotations } },
            extraArgs: { expander: "least-waste" },
        });
        // The real chart puts the cloud into the name, too.
        const { template } = find(objects, "Deployment", "cluster-autoscaler-aws-cluster-autoscaler").spec;
        const [{ command = [], env, image }] = template.spec.containers;
        const tags = "k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/one";
        assert.ok(command.includes(`--node-group-auto-discovery=asg:tag=${tags}`));
        assert.ok(command.includes("--expander=least-waste"));
        assert.deepEqual(env, [{ name: "AWS_REGION", value: "eu-west-1" }]);
        assert.match(image, /:v9\.9\.9$/);
        assert.deepEqual(find(objects, "ServiceAccount", "cluster-autoscaler").metadata.annotations, annotations);
    });

    it("cluster autoscaler: no Deployment without groups to look after", async () => {
        const kinds = (await render("cluster-autoscaler", {})).map(({ kind }) => kind);
        assert.ok(!kinds.includes("Deployment"));
    });

    it("external-dns: sources, policy, registry and filters; another policy is refused", async () => {
        const objects = await render("external-dns", {
            provider: { name: "aws" },
            sources: ["ingress"],
            policy: "sync",
            txtOwnerId: "one",
            domainFilters: ["example.com"],
            extraArgs: ["--zone-id-filter=Z1"],
            serviceAccount: { name: "external-dns", annotations },
        });
        const { template } = find(objects, "Deployment", "external-dns").spec;
        const wanted = [
            "source=ingress",
            "policy=sync",
            "txt-owner-id=one",
            "domain-filter=example.com",
            "provider=aws",
        ];
        for (const flag of [...wanted, "zone-id-filter=Z1"]) {
            assert.ok(template.spec.containers[0].args?.includes(`--${flag}`), flag);
        }
        assert.deepEqual(find(objects, "ServiceAccount", "external-dns").metadata.annotations, annotations);
        await assert.rejects(render("external-dns", { policy: "always" }), /policy/);
    });
});
