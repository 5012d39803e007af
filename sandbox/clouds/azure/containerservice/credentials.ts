/** Kubeconfigs that AKS tells of a cluster, and clusters that are looked up. */
import { existsSync, readFileSync } from "node:fs";
import { credentialPaths } from "../../../control-plane/credentials";
import type { Row } from "../../inventory";
import type { InvokeModel, ModelContext, PropertyModels } from "../../model";
import { textOf, type PropertyMap, type PropertyValue } from "../../values";
import { armOutputs } from "../arm";
import { armError, resourceNotFound } from "../errors";
import { groupId, identityOf, lastName, resourceId } from "../ids";
import { clusterInputs, clusterOutputs } from "./cluster-inputs";
import { apiVersion, bad, clusterById } from "./shared";

const armType = "Microsoft.ContainerService/managedClusters";
type Asked = Omit<ModelContext, "name">;

const named: PropertyModels = {
    resourceGroupName: { type: "string", required: true },
    resourceName: { type: "string", required: true },
};

function clusterOf({ resourceGroupName, resourceName }: PropertyMap, { config, inventory }: Asked): Row {
    const group = groupId(identityOf(config).subscriptionId, textOf(resourceGroupName));
    const found = clusterById(inventory, resourceId(group, armType, [textOf(resourceName)]));
    if (found === undefined) {
        throw new Error(resourceNotFound(armType, textOf(resourceName), textOf(resourceGroupName)));
    }
    return found;
}

interface Kubeconfig {
    readonly clusters: readonly {
        readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
    }[];
    readonly users: readonly { readonly user: PropertyMap }[];
}

/** The API server of the instance in `dir`, and its administrator; without one an address that leads nowhere (RFC 5737). */
function apiServer(dir: string): { readonly cluster: PropertyMap; readonly administrator: PropertyMap } {
    const file = credentialPaths(dir).kubeconfig;
    if (existsSync(file)) {
        const { clusters, users } = JSON.parse(readFileSync(file, "utf8")) as Kubeconfig;
        return { cluster: { ...clusters[0].cluster }, administrator: users[0].user };
    }
    return {
        cluster: {
            server: "https://192.0.2.20:443",
            "certificate-authority-data": Buffer.from("a certificate").toString("base64"),
        },
        administrator: { token: "a-token-of-nobody" },
    };
}

/** As AKS writes it: https://learn.microsoft.com/rest/api/aks/managed-clusters/list-cluster-user-credentials */
function kubeconfig(id: string, user: string, dir: string, credentials?: PropertyMap): PropertyValue {
    const { cluster, administrator } = apiServer(dir);
    const name = lastName(id);
    const text = JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster }],
        users: [{ name: user, user: credentials ?? administrator }],
        contexts: [{ name, context: { cluster: name, user } }],
        "current-context": name,
    });
    return Buffer.from(text).toString("base64");
}

/** What a user of Entra ID gets: no credential, but a call of kubelogin that asks a person. */
function personal(config: PropertyMap): PropertyMap {
    const { tenantId } = identityOf(config);
    return {
        exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "kubelogin",
            args: [
                "get-token",
                "--environment",
                "AzurePublicCloud",
                "--server-id",
                "6dae42f8-4368-4678-94ff-3960e28e3630",
                "--client-id",
                "80faf920-1908-4b52-b5ef-a8e7bedfc67a",
                "--tenant-id",
                tenantId,
                "--login",
                "devicecode",
            ],
            env: null,
            provideClusterInfo: false,
        },
    };
}

const credentials: PropertyModels = {
    kubeconfigs: {
        type: "array",
        items: { type: "object", properties: { name: { type: "string" }, value: { type: "string" } } },
    },
};

const listUser: InvokeModel = {
    token: "azure-native:containerservice:listManagedClusterUserCredentials",
    inputs: {
        ...named,
        format: { type: "string", values: ["azure", "exec"] },
        serverFqdn: { type: "string" },
    },
    outputs: credentials,
    answer: (inputs, context) => {
        const { id, inputs: made } = clusterOf(inputs, context);
        const [, , , , group = ""] = id.split("/");
        const user = `clusterUser_${group}_${lastName(id)}`;
        const own = made["aadProfile"] === undefined ? undefined : personal(context.config);
        return { kubeconfigs: [{ name: "clusterUser", value: kubeconfig(id, user, context.dir, own) }] };
    },
};

const listAdmin: InvokeModel = {
    token: "azure-native:containerservice:listManagedClusterAdminCredentials",
    inputs: { ...named, serverFqdn: { type: "string" } },
    outputs: credentials,
    answer: (inputs, context) => {
        const { id, inputs: made } = clusterOf(inputs, context);
        // https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad
        if (made["disableLocalAccounts"] === true) {
            throw new Error(
                bad("Getting static credential is not allowed because this cluster is set to disable local accounts."),
            );
        }
        const [, , , , group = ""] = id.split("/");
        return {
            kubeconfigs: [
                { name: "clusterAdmin", value: kubeconfig(id, `clusterAdmin_${group}_${lastName(id)}`, context.dir) },
            ],
        };
    },
};

const told: PropertyModels = {
    ...armOutputs,
    ...clusterInputs,
    ...clusterOutputs,
    id: { type: "string" },
    location: { type: "string" },
    tags: { type: "map" },
};

const getManagedCluster: InvokeModel = {
    token: "azure-native:containerservice:getManagedCluster",
    inputs: named,
    outputs: told,
    answer: (inputs, context) => {
        const { id, inputs: made, outputs, state } = clusterOf(inputs, context);
        if (state !== "active") {
            throw new Error(
                armError(409, "OperationNotAllowed", `The managed cluster ${lastName(id)} is being created.`),
            );
        }
        const values: PropertyMap = {
            ...made,
            ...outputs,
            azureApiVersion: apiVersion,
            id,
            name: lastName(id),
            type: armType,
        };
        const known = Object.keys(told).filter((name) => values[name] !== undefined);
        return Object.fromEntries(known.map((name) => [name, values[name]]));
    },
};

export const containerServiceInvokes: readonly InvokeModel[] = [listUser, listAdmin, getManagedCluster];
