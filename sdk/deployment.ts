import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider";
import type { WandbDeploymentArgs } from "./args";
import type { Published } from "./contract/cloud-input";
import type { Infrastructure } from "./contract/infrastructure";
import { existingInfrastructure } from "./existing";
import { awsInput, azureInput, gcpInput } from "./cloud-input";
import type { AwsFolder } from "./aws/folder";
import type { AwsOutputs } from "./aws/outputs";
import type { AzureFolder } from "./azure/folder";
import type { AzureOutputs } from "./azure/outputs";
import type { GcpFolder } from "./gcp/folder";
import type { GcpOutputs } from "./gcp/outputs";
import { loadCloud } from "./clouds";
import { externalStores } from "./external";
import { deployOperatorLayer, type OperatorLayer } from "./kubernetes";
import { warnOfPlainText } from "./plain-text";
import { prepare } from "./prepare";
import { withShortTraces } from "./short-traces";
import { validate, type ValidationContext } from "./validate";
import { checkedLate } from "./validation/late";
import { DeploymentShape } from "./validation/shapes";
import { publicUrl } from "./values/host";
import type { TranslatedArgs } from "./values/translate";

/**
 * Weights & Biases Server: installs the operator, creates the `WeightsAndBiases` custom resource, and finishes when W&B is up.
 *
 * Credentials go to Kubernetes Secrets that are made here; the custom resource holds references only.
 *
 * @throws InputPropertiesError listing every problem of the arguments, before anything is created.
 */
export class WandbDeployment extends pulumi.ComponentResource {
    /** Public address of W&B. Known once W&B is ready. */
    public readonly url!: pulumi.Output<string>;
    /** Address of the system console. Known once W&B is ready. */
    public readonly consoleUrl!: pulumi.Output<string>;
    /** Command that prints the console's password. The console makes its Secret some time after the first start. */
    public readonly consolePasswordCommand!: pulumi.Output<string>;
    /** Kubeconfig of the cluster (secret). Absent when only a provider object was given. */
    public readonly kubeconfig?: pulumi.Output<string>;
    /** Namespace of the custom resource. */
    public readonly namespace!: pulumi.Output<string>;
    /** Name of the cluster. */
    public readonly clusterName!: pulumi.Output<string>;
    /** Host of the database; a Service of the cluster when the chart runs it. */
    public readonly databaseHost!: pulumi.Output<string>;
    /** Name of the bucket, or of Azure's container. */
    public readonly bucketName!: pulumi.Output<string>;
    /** Host of the cache; a Service of the cluster when the chart runs it. */
    public readonly redisHost!: pulumi.Output<string>;
    /** What DNS must point to: host name or IP address of the Ingress. Without value where there is no Ingress or nothing was read. */
    public readonly address!: pulumi.Output<string | undefined>;
    /** Version of the operator's controller that runs. Without value where nothing was read. */
    public readonly operatorVersion!: pulumi.Output<string | undefined>;
    /** Version of the application's chart that runs, read from the cluster: the release channel may have moved it on. */
    public readonly chartVersion!: pulumi.Output<string | undefined>;
    /** The custom resource as YAML. It holds references to Secrets only, so GitOps tools may apply it. */
    public readonly manifest!: pulumi.Output<string>;
    /** What was made on AWS. Absent elsewhere. */
    public readonly aws?: AwsOutputs;
    /** What was made on Google Cloud. Absent elsewhere. */
    public readonly gcp?: GcpOutputs;
    /** What was made on Azure. Absent elsewhere. */
    public readonly azure?: AzureOutputs;

    constructor(name: string, args: WandbDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
        const provider = callersProvider(opts);
        const context: ValidationContext = { hasKubernetesProvider: provider !== undefined };
        const { args: prepared, warnings } = prepare(name, args, context);
        const clouds = loadClouds(name, prepared);
        super("wandb:index:WandbDeployment", name, recordedInputs(prepared), opts);
        for (const warning of warnings) {
            void pulumi.log.warn(warning, this);
        }
        void warnOfPlainText(prepared, this);
        const checked = checkedLate<WandbDeploymentArgs, TranslatedArgs>(prepared, {
            given: args,
            shape: DeploymentShape,
            validate: (known) => validate(name, known, context),
            component: this,
        });

        const { infrastructure, layer, aws, gcp, azure } = withShortTraces(() =>
            deploy(name, this, { args: checked, clouds, provider }),
        );
        const url = pulumi.output(checked.host).apply(publicUrl);

        this.url = pulumi.all([url, layer.address, aws?.names, gcp?.names, azure?.names]).apply(([address]) => address);
        this.consoleUrl = pulumi.interpolate`${this.url}/console`;
        this.consolePasswordCommand = pulumi.interpolate`kubectl --namespace ${layer.namespace} get secret wandb-password --output jsonpath='{.data.password}' | base64 --decode`;
        this.kubeconfig = infrastructure.cluster.kubeconfig;
        this.namespace = pulumi.output(layer.namespace);
        this.clusterName = infrastructure.cluster.name;
        this.databaseHost = pulumi.output(infrastructure.database?.host ?? `${layer.instanceName}-mysql`);
        this.bucketName = pulumi.output(infrastructure.bucket.name);
        this.redisHost = pulumi.output(infrastructure.cache?.host ?? `${layer.instanceName}-redis-master`);
        this.address = infrastructure.ingress.address ?? layer.address;
        this.operatorVersion = layer.state.apply((state) => state.operatorVersion);
        this.chartVersion = layer.state.apply((state) => state.chartVersion);
        this.manifest = layer.manifest;
        this.aws = aws?.outputs;
        this.gcp = gcp?.outputs;
        this.azure = azure?.outputs;
        this.registerOutputs({
            url: this.url,
            consoleUrl: this.consoleUrl,
            consolePasswordCommand: this.consolePasswordCommand,
            kubeconfig: this.kubeconfig,
            namespace: this.namespace,
            clusterName: this.clusterName,
            databaseHost: this.databaseHost,
            bucketName: this.bucketName,
            redisHost: this.redisHost,
            address: this.address,
            operatorVersion: this.operatorVersion,
            chartVersion: this.chartVersion,
            manifest: this.manifest,
            aws: this.aws,
            gcp: this.gcp,
            azure: this.azure,
        });
    }
}

/** Inputs are recorded in the state as given: only what tells deployments apart, and no secret, goes there. */
function recordedInputs(args: WandbDeploymentArgs): pulumi.Inputs {
    const { host, name, namespace, size } = args;
    return { host, name, namespace, size };
}

/** The Kubernetes provider that the caller hands over: by itself, in a list or map, or through the parent. */
function callersProvider(opts: pulumi.ComponentResourceOptions | undefined): pulumi.ProviderResource | undefined {
    const { provider, providers = [], parent } = opts ?? {};
    if (!Array.isArray(providers) && providers.kubernetes) {
        return providers.kubernetes;
    }
    const given = [...(provider ? [provider] : []), ...Object.values(providers)];
    return (
        given.find((candidate) => Provider.isInstance(candidate)) ?? parent?.getProvider("kubernetes:core/v1:Secret")
    );
}

/** The folders of the clouds that arguments ask for: one at most. */
interface Clouds {
    readonly aws?: AwsFolder;
    readonly gcp?: GcpFolder;
    readonly azure?: AzureFolder;
}

function loadClouds(name: string, { aws, gcp, azure }: WandbDeploymentArgs): Clouds {
    return {
        aws: aws && loadCloud("aws", name),
        gcp: gcp && loadCloud("gcp", name),
        azure: azure && loadCloud("azure", name),
    };
}

interface Deployed {
    readonly infrastructure: Infrastructure;
    readonly layer: OperatorLayer;
    readonly aws?: Published<AwsOutputs>;
    readonly gcp?: Published<GcpOutputs>;
    readonly azure?: Published<AzureOutputs>;
}

interface DeployInput {
    readonly args: TranslatedArgs;
    readonly clouds: Clouds;
    readonly provider: pulumi.ProviderResource | undefined;
}

/** Makes what W&B runs on, W&B, and then what needs W&B to be there. */
function deploy(name: string, parent: pulumi.Resource, { args, clouds, provider }: DeployInput): Deployed {
    const aws = clouds.aws?.createDeployment(name, parent, awsInput(args));
    const gcp = clouds.gcp?.createDeployment(name, parent, gcpInput(args));
    const azure = clouds.azure?.createDeployment(name, parent, azureInput(args));
    const infrastructure = (aws ?? gcp ?? azure)?.infrastructure ?? createExisting(name, parent, args, provider);
    const { provider: kubernetes, access } = infrastructure.cluster;
    const layer = deployOperatorLayer({ name, parent, provider: kubernetes, access }, args, infrastructure);
    return {
        infrastructure,
        layer,
        aws: aws?.publish(layer.address),
        gcp: gcp?.publish(layer.address),
        azure: azure?.publish(layer.address),
    };
}

function createExisting(
    name: string,
    parent: pulumi.Resource,
    args: WandbDeploymentArgs,
    provider: pulumi.ProviderResource | undefined,
): Infrastructure {
    const { existing } = args;
    if (existing === undefined) {
        throw new Error("validation must have found that no cloud is given");
    }
    return existingInfrastructure(name, parent, existing, externalStores(args), provider);
}
