/**
 * The inside of a simulated EKS cluster, without the component: who gets in, what the add-on charts bring, and what the
 * load balancer controller does with Ingresses while it runs and while it does not.
 */
import assert from "node:assert/strict";
import { startInstance, type SandboxInstance } from "../../sandbox/instance";
import { Inventory, type Row } from "../../sandbox/clouds/inventory";
import { emptyCluster } from "../../sandbox/control-plane";
import { createClient, type KubeClient, type KubeObject } from "../../sandbox/operator/controller/kube";
import { charts } from "../../sandbox/operator/packages";
import { stopAll, waitFor } from "../../sandbox/processes";
import { plainTsconfig, ScratchProgram, toolchainTimeoutMs } from "../support/scratch-program";

const timeoutMs = 60_000;
const namespace = "apps";
const ingresses = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses`;
const roleArn = "arn:aws:iam::123456789012:role/controller";
const finalizer = "ingress.k8s.aws/resources";

const chartVersion = (name: keyof typeof charts) => charts[name].versions[0];

const program = `
import { Config } from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes";
import { Namespace } from "@pulumi/kubernetes/core/v1";
import { Release } from "@pulumi/kubernetes/helm/v3";

const config = new Config();
const provider = new Provider("cluster", { kubeconfig: config.require("kubeconfig") });
const repositoryOpts = { repo: config.require("repository") };
const release = (chart: string, version: string, values: object) =>
    new Release(chart, { chart, version, repositoryOpts, namespace: "kube-system", values }, { provider });

new Namespace("apps", { metadata: { name: "${namespace}" } }, { provider });
if (config.requireBoolean("controller")) {
    release("aws-load-balancer-controller", "${chartVersion("aws-load-balancer-controller")}", {
        clusterName: "one",
        region: "eu-west-1",
        vpcId: "vpc-1",
        serviceAccount: { name: "controller", annotations: { "eks.amazonaws.com/role-arn": "${roleArn}" } },
        fullnameOverride: "controller",
    });
}
release("cluster-autoscaler", "${chartVersion("cluster-autoscaler")}", {
    autoDiscovery: { clusterName: "one" },
    awsRegion: "eu-west-1",
    fullnameOverride: "autoscaler",
});
release("external-dns", "${chartVersion("external-dns")}", {
    policy: "sync",
    txtOwnerId: "one",
    fullnameOverride: "dns",
});
`;

/** As the component writes it: nothing secret in it, each use asks the CLI for a token. */
function kubeconfigOf({ controlPlane }: SandboxInstance, clusterName: string): string {
    const own = JSON.parse(controlPlane.kubeconfig) as { clusters: object[] };
    const args = ["eks", "get-token", "--cluster-name", clusterName, "--region", "eu-west-1", "--output", "json"];
    const exec = {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "aws",
        args,
        interactiveMode: "Never",
    };
    const context = { cluster: controlPlane.context, user: "eks" };
    return JSON.stringify({
        ...own,
        users: [{ name: "eks", user: { exec } }],
        contexts: [{ name: "eks", context }],
        "current-context": "eks",
    });
}

function ingressOf(name: string, annotations: Record<string, string> = {}): object {
    const prefixed = Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]);
    const backend = { service: { name: "app", port: { number: 80 } } };
    return {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name, namespace, annotations: Object.fromEntries(prefixed) as Record<string, string> },
        spec: {
            ingressClassName: "alb",
            rules: [{ host: "app.example.com", http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
        },
    };
}

describe("inside a simulated EKS cluster", function () {
    this.timeout(toolchainTimeoutMs);
    let scratch: ScratchProgram;
    let instance: SandboxInstance;
    let client: KubeClient;
    let inventory: Inventory;

    before(async () => {
        scratch = await ScratchProgram.create({
            "Pulumi.yaml": "name: inside\nruntime: nodejs\nmain: index.ts\n",
            "index.ts": program,
            "tsconfig.json": plainTsconfig,
        });
        const log = (line: string) => console.log(`    ${line}`);
        instance = await startInstance({ dir: scratch.dir, log, timeScale: 0.02 });
        client = createClient(instance.controlPlane.kubeconfigPath);
        inventory = new Inventory(scratch.dir, "aws");
        await plantAccount();
        await configure({ kubeconfig: kubeconfigOf(instance, "one"), controller: "true" });
        await configure({ repository: instance.operator.repositoryUrl });
    });

    after(async () => {
        await stopAll(scratch.dir);
        scratch.remove();
    });

    const plant = (type: string, id: string, inputs: Row["inputs"], outputs: Row["outputs"] = {}) =>
        inventory.plant({ type, id, inputs, outputs });

    async function plantCluster(): Promise<void> {
        await plant("aws:eks/cluster:Cluster", "one", { name: "one" });
    }

    /** What is there before anything is made inside. */
    async function plantAccount(): Promise<void> {
        await plantCluster();
        await plant("aws:eks/addon:Addon", "one:ebs", { clusterName: "one", addonName: "aws-ebs-csi-driver" });
        await plant("aws:ec2/internetGateway:InternetGateway", "igw-1", { vpcId: "vpc-1" });
        for (const zone of ["a", "b"]) {
            const tags = { "kubernetes.io/role/elb": "1" };
            const subnetId = `subnet-${zone}`;
            await plant("aws:ec2/subnet:Subnet", subnetId, { vpcId: "vpc-1", availabilityZone: zone, tags });
            const association = "aws:ec2/routeTableAssociation:RouteTableAssociation";
            await plant(association, zone, { subnetId, routeTableId: "rtb-1" });
        }
        await plant("aws:ec2/route:Route", "out", { routeTableId: "rtb-1", gatewayId: "igw-1" });
        const condition = { StringEquals: { "oidc.example:sub": "system:serviceaccount:kube-system:controller" } };
        const issuer = "arn:aws:iam::123456789012:oidc-provider/oidc.example";
        await plant("aws:iam/openIdConnectProvider:OpenIdConnectProvider", issuer, {}, { arn: issuer });
        const statement = { Effect: "Allow", Principal: { Federated: issuer }, Condition: condition };
        const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
        await plant("aws:iam/role:Role", "controller", { assumeRolePolicy }, { arn: roleArn });
        await plant("aws:iam/rolePolicy:RolePolicy", "controller:own", { role: "controller" });
    }

    async function configure(values: Record<string, string>): Promise<void> {
        const flags = Object.entries(values).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]);
        await scratch.succeed("config", "set-all", ...flags);
    }

    const find = (name: string): Promise<KubeObject | undefined> => client.find(`${ingresses}/${name}`);
    const balancers = () => inventory.view().rows("aws:lb/loadBalancer:LoadBalancer");
    const until = (what: string, check: () => Promise<boolean>) => waitFor(what, check, { timeoutMs });

    async function addressOf(name: string): Promise<string | undefined> {
        const status = (await find(name))?.status as { loadBalancer?: { ingress?: { hostname?: string }[] } };
        return status?.loadBalancer?.ingress?.[0]?.hostname;
    }

    async function eventsOf(name: string): Promise<string> {
        type Event = KubeObject & { reason: string; message: string; involvedObject: { name: string } };
        const events = (await client.list(`/api/v1/namespaces/${namespace}/events`)) as Event[];
        return events
            .filter(({ involvedObject }) => involvedObject.name === name)
            .map(({ reason, message }) => `${reason}: ${message}`)
            .join("\n");
    }

    it("lets nobody in without a cluster of that name", async () => {
        await configure({ kubeconfig: kubeconfigOf(instance, "another") });
        const output = await scratch.fail("up", "--yes");
        assert.match(output, /Unauthorized|provide credentials|must be logged in/i);
        await configure({ kubeconfig: kubeconfigOf(instance, "one") });
    });

    it("lets the creator in by the CLI's token and brings the add-on charts up", async () => {
        await scratch.succeed("up", "--yes");
        for (const name of ["controller", "autoscaler", "dns"]) {
            const { status } = await client.get(`/apis/apps/v1/namespaces/kube-system/deployments/${name}`);
            assert.ok((status?.availableReplicas as number) > 0, name);
        }
        const ingressClass = await client.get("/apis/networking.k8s.io/v1/ingressclasses/alb");
        assert.equal(ingressClass.spec?.controller, "ingress.k8s.aws/alb");
        await client.get("/apis/elbv2.k8s.aws/v1beta1/ingressclassparams/alb");
    });

    it("gives an Ingress a load balancer, its address and a finalizer", async () => {
        await client.create(ingresses, ingressOf("app", { scheme: "internet-facing" }));
        await until("an address", async () => (await addressOf("app")) !== undefined);
        const [balancer] = balancers();
        assert.equal(await addressOf("app"), balancer.outputs["dnsName"]);
        assert.deepEqual(balancer.inputs["subnets"], ["subnet-a", "subnet-b"]);
        assert.deepEqual((await find("app"))?.metadata?.finalizers, [finalizer]);
        await until("the Event", async () => (await eventsOf("app")).startsWith("SuccessfullyReconciled: "));
    });

    it("says in Events why it makes none, and makes it when the reason is gone", async () => {
        const arn = "arn:aws:acm:eu-west-1:123456789012:certificate/c";
        await client.create(ingresses, ingressOf("tls", { scheme: "internet-facing", "certificate-arn": arn }));
        await client.create(ingresses, ingressOf("inner"));
        await until("the refused certificate", async () =>
            (await eventsOf("tls")).includes("FailedDeployModel: Failed deploy model due to CertificateNotFound"),
        );
        await until("the subnets not found", async () =>
            /FailedBuildModel: .*couldn't auto-discover subnets/.test(await eventsOf("inner")),
        );
        assert.equal(await addressOf("tls"), undefined);
        await plant("aws:acm/certificate:Certificate", "c", {}, { arn, status: "ISSUED" });
        await until("an address", async () => (await addressOf("tls")) !== undefined);
        for (const name of ["tls", "inner"]) {
            await client.delete(`${ingresses}/${name}`);
            await until(`${name} to be gone`, async () => (await find(name)) === undefined);
        }
        assert.equal(balancers().length, 1);
    });

    it("binds a claim to an EBS volume once a pod wants it, and removes both", async () => {
        await client.create("/apis/storage.k8s.io/v1/storageclasses", {
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { name: "gp3" },
            provisioner: "ebs.csi.aws.com",
            parameters: { type: "gp3", encrypted: "true" },
            volumeBindingMode: "WaitForFirstConsumer",
        });
        const claims = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
        await client.create(claims, {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: { name: "data" },
            spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName: "gp3",
                resources: { requests: { storage: "1Gi" } },
            },
        });
        await client.create(`/api/v1/namespaces/${namespace}/pods`, {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { name: "user" },
            spec: {
                containers: [{ name: "user", image: "user:1", volumeMounts: [{ name: "data", mountPath: "/data" }] }],
                volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
            },
        });
        const volumes = () => inventory.view().rows("aws:ebs/volume:Volume");
        await until("a bound claim", async () => (await client.get(`${claims}/data`)).status?.phase === "Bound");
        assert.equal(volumes()[0].inputs["encrypted"], true);
        await client.delete(`/api/v1/namespaces/${namespace}/pods/user`);
        await client.delete(`${claims}/data`);
        await until("no volume", () => Promise.resolve(volumes().length === 0));
    });

    it("leaves an Ingress alone while no controller runs, and cleans up when one is back", async () => {
        await configure({ controller: "false" });
        await scratch.succeed("up", "--yes");
        await client.delete(`${ingresses}/app`);
        await client.create(ingresses, ingressOf("late", { scheme: "internet-facing" }));
        // Longer than the controller takes when it runs.
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        assert.deepEqual((await find("app"))?.metadata?.finalizers, [finalizer]);
        assert.notEqual(await addressOf("app"), undefined);
        assert.equal(await addressOf("late"), undefined);
        assert.equal(balancers().length, 1);
        await configure({ controller: "true" });
        await scratch.succeed("up", "--yes");
        await until("the old Ingress to be gone", async () => (await find("app")) === undefined);
        await until("an address", async () => (await addressOf("late")) !== undefined);
        assert.equal(balancers().length, 1);
    });

    it("is empty after the cluster was deleted, and can be filled again", async () => {
        await inventory.change((change) => change.remove("aws:eks/cluster:Cluster", "one"));
        await emptyCluster(scratch.dir);
        const names = async (path: string) => (await client.list(path)).map(({ metadata }) => metadata?.name ?? "");
        const namespaces = await names("/api/v1/namespaces");
        assert.deepEqual(namespaces, ["default", "kube-node-lease", "kube-public", "kube-system"]);
        const definitions = await names("/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
        assert.deepEqual(definitions, ["logs.kwok.x-k8s.io"]);
        assert.deepEqual(await names("/apis/networking.k8s.io/v1/ingressclasses"), []);
        assert.deepEqual(await names("/apis/storage.k8s.io/v1/storageclasses"), ["standard"]);
        assert.deepEqual(await names("/api/v1/secrets"), []);
        assert.deepEqual(await names("/api/v1/pods"), []);
        // Load balancers that nobody removed are left over, as in AWS.
        assert.equal(balancers().length, 1);
        await plantCluster();
        await scratch.succeed("refresh", "--yes");
        await scratch.succeed("up", "--yes");
        await client.create(ingresses, ingressOf("app", { scheme: "internet-facing" }));
        await until("an address", async () => (await addressOf("app")) !== undefined);
        await client.delete(`${ingresses}/app`);
        await until("the Ingress to be gone", async () => (await find("app")) === undefined);
        await scratch.succeed("destroy", "--yes");
    });
});
