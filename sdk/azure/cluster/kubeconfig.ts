import { listManagedClusterAdminCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterAdminCredentials";
import { listManagedClusterUserCredentialsOutput } from "@pulumi/azure-native/containerservice/listManagedClusterUserCredentials";
import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import { resourceError } from "../../errors";
import { type AzureKubeconfigArgs, AzureKubeconfigLogin } from "../args/cluster";

/** The application of Entra ID for which tokens of all AKS clusters are: https://learn.microsoft.com/azure/aks/kubelogin-authentication */
const AksServerId = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Where an API server is reached. */
export interface ApiServer {
    readonly name: string;
    /** URL. */
    readonly endpoint: string;
    /** Base64. */
    readonly certificateAuthority: string;
}

/** What a kubeconfig without credentials is made of. */
export interface KubeloginParts extends ApiServer {
    readonly tenantId: string;
    readonly login?: AzureKubeconfigLogin;
    readonly clientId?: string;
}

/** The text of a kubeconfig that holds no credential: whoever uses it asks `kubelogin` for a token. JSON is YAML, so every reader takes it. */
export function kubeloginText(parts: KubeloginParts): string {
    const { name, endpoint, certificateAuthority, tenantId, clientId } = parts;
    const login = parts.login ?? AzureKubeconfigLogin.AzureCli;
    // The Azure CLI and a managed identity know their tenant: https://azure.github.io/kubelogin/cli/get-token.html
    const asksTenant =
        login === AzureKubeconfigLogin.WorkloadIdentity || login === AzureKubeconfigLogin.ServicePrincipal;
    const exec = {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "kubelogin",
        args: [
            "get-token",
            "--login",
            login,
            "--server-id",
            AksServerId,
            ...(asksTenant ? ["--tenant-id", tenantId] : []),
            ...(clientId === undefined ? [] : ["--client-id", clientId]),
        ],
        installHint: "Install kubelogin: https://azure.github.io/kubelogin/install.html",
        interactiveMode: "IfAvailable",
        provideClusterInfo: false,
    };
    return JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } }],
        users: [{ name, user: { exec } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
    });
}

interface Kubeconfig {
    readonly clusters?: readonly {
        readonly name?: string;
        readonly cluster?: { readonly server?: string; readonly "certificate-authority-data"?: string };
    }[];
}

/** What a kubeconfig says of the API server; undefined when it says nothing, or is none. Pure. */
export function apiServerIn(kubeconfig: string): ApiServer | undefined {
    const [{ name, cluster } = {}] = read(kubeconfig)?.clusters ?? [];
    const certificateAuthority = cluster?.["certificate-authority-data"];
    return name === undefined || cluster?.server === undefined || certificateAuthority === undefined
        ? undefined
        : { name, endpoint: cluster.server, certificateAuthority };
}

/** Without the parser's words, which would show what stands around the mistake. */
function read(kubeconfig: string): Kubeconfig | undefined {
    try {
        return load(kubeconfig) ?? undefined;
    } catch {
        return undefined;
    }
}

/** A cluster whose credentials are asked for. */
export interface ClusterOfCredentials {
    /** Resource id, known once the cluster is there. */
    readonly id: pulumi.Output<string>;
    readonly tenantId: pulumi.Input<string>;
    /** Plain where the cluster is made, looked up where it is there. */
    readonly localAccounts: pulumi.Input<boolean>;
    /** Whether Entra ID is asked too, so that a user's credentials are no certificate. */
    readonly entraId: pulumi.Input<boolean>;
    readonly kubeconfig?: AzureKubeconfigArgs;
}

export interface Credentials {
    /** A secret. */
    readonly kubeconfig: pulumi.Output<string>;
    readonly endpoint: pulumi.Output<string>;
    readonly certificateAuthority: pulumi.Output<string>;
}

/** Asks AKS for the kubeconfig of a cluster. By its id, so that a preview asks for none of a cluster that is not there yet. */
export function createCredentials(parent: pulumi.Resource, cluster: ClusterOfCredentials): Credentials {
    const { id, tenantId, localAccounts, entraId, kubeconfig: args = {} } = cluster;
    const isAdmin = pulumi.all([localAccounts, entraId]).apply(([local, entra]) => local && entra);
    const told = pulumi.secret(
        pulumi.all([isAdmin, id]).apply(([admin, known]) => {
            const [, , , , resourceGroupName, , , , resourceName] = known.split("/");
            const wanted = { resourceGroupName, resourceName };
            const answer = admin
                ? listManagedClusterAdminCredentialsOutput(wanted, { parent })
                : listManagedClusterUserCredentialsOutput({ ...wanted, format: "exec" }, { parent });
            return answer.kubeconfigs.apply(([first]) => Buffer.from(first?.value ?? "", "base64").toString("utf8"));
        }),
    );
    const server = pulumi.all([told, id]).apply(([text, known]) => {
        const found = apiServerIn(text);
        if (found === undefined) {
            throw resourceError(
                `azure.cluster: AKS told no kubeconfig of ${known}. Give whoever runs Pulumi the role "Azure Kubernetes Service Cluster User Role" on it, and "Azure Kubernetes Service Cluster Admin Role" where it has local accounts beside Entra ID.`,
                parent,
            );
        }
        return found;
    });
    const exec = pulumi
        .all([server, tenantId, args.clientId])
        .apply(([parts, tenant, clientId]) =>
            kubeloginText({ ...parts, tenantId: tenant, login: args.login, clientId }),
        );
    const chosen = pulumi.all([localAccounts, told, exec]).apply(([local, own, other]) => (local ? own : other));
    return { kubeconfig: pulumi.secret(chosen), ...addressOf(server) };
}

/** What a kubeconfig of the user's says. */
export function givenCredentials(parent: pulumi.Resource, kubeconfig: pulumi.Input<string>): Credentials {
    const secret = pulumi.secret(kubeconfig);
    const server = secret.apply((text) => {
        const found = apiServerIn(text);
        if (found === undefined) {
            throw resourceError(
                "azure.cluster.existing.kubeconfig: names no API server with the data of its certificate authority. Give the text that `az aks get-credentials --file -` prints.",
                parent,
            );
        }
        return found;
    });
    return { kubeconfig: secret, ...addressOf(server) };
}

/** Public, unlike the credentials beside it. */
function addressOf(server: pulumi.Output<ApiServer>): Omit<Credentials, "kubeconfig"> {
    const { endpoint, certificateAuthority } = pulumi.unsecret(server);
    return { endpoint, certificateAuthority };
}
