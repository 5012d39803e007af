/** Arguments of AzureSecureStorageConnector in tests. */
import type { AzureSecureStorageConnectorArgs } from "../../sdk/index";

export const ConnectorIssuer = "https://westeurope.oic.prod-aks.azure.com/22222222-2222-4222-8222-222222222222/wandb/";

/** The least that is needed. */
export const LeastAzureArgs: AzureSecureStorageConnectorArgs = {
    oidcIssuerUrl: ConnectorIssuer,
    hosts: ["wandb.example.com"],
};
