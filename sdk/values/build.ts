import { emailValues, oidcValues } from "./authentication";
import { cloudGlobals, cloudValues } from "./cloud";
import { componentSwitches, componentValues } from "./components";
import { globalEnvironment } from "./environment";
import { publicUrl } from "./host";
import { ingressValues } from "./ingress";
import { mapText } from "./leaves";
import { compact, mergeValues } from "./merge";
import { bucketValues, mysqlValues, redisValues } from "./stores";
import type { ValuesInput, ValuesTree } from "./types";
import { credentialValues } from "./value-credentials";

function globalValues(input: ValuesInput): ValuesTree {
    const { args, facts, credentials } = input;
    const { license } = credentials;
    return {
        host: mapText(args.host, publicUrl),
        licenseSecret: license && { name: license.name, key: license.key },
        size: args.size ?? "small",
        cloudProvider: facts.cloud === "existing" ? undefined : facts.cloud,
        repositoryPrefix: args.images?.repositoryPrefix,
        imageRegistry: args.images?.registry,
        imagePullSecrets: args.images?.pullSecrets,
        mysql: mysqlValues(facts.database, credentials.database),
        redis: redisValues(facts.cache, credentials.cache),
        bucket: bucketValues(facts.bucket, credentials.bucket),
        azureStorageIdentity: { clientId: facts.bucket.clientId },
        auth: {
            sessionLengthHours: args.sessionLengthHours,
            oidc: oidcValues(args.oidc, credentials.oidc),
        },
        email: emailValues(args.smtp, credentials.smtp),
        customCACerts: args.customCaCerts,
        caCertsConfigMap: args.caCertsConfigMap,
        ...cloudGlobals(facts),
        ...componentSwitches(args.components),
        extraEnv: globalEnvironment(input),
    };
}

/**
 * What an operator without cluster-wide rights cannot create is left out: it would fail the whole install. `app.internalJWTMap`
 * is the one list written empty, since its default makes a ClusterRoleBinding; without it W&B trusts no in-cluster tokens.
 */
function isolationValues(isolated: boolean): ValuesTree {
    return isolated
        ? {
              console: { role: { type: "Role" } },
              otel: { install: false },
              prometheus: { install: false },
              app: { internalJWTMap: [] },
          }
        : {};
}

/**
 * Makes the chart values (`spec.values`) of arguments, facts and credential references. A tree with Inputs at the leaves, never
 * one `apply` around it: one secret would hide the whole spec in the diff, and one unknown in the preview. No null, no undefined,
 * no empty map or list, and every scalar of the kind that the release channel uses, since the operator merges by kind.
 */
export function buildValues(input: ValuesInput): ValuesTree {
    const { args, facts } = input;
    const ours = compact({
        global: globalValues(input),
        mysql: facts.database === undefined ? { install: true } : undefined,
        redis: { install: facts.cache === undefined },
        ingress: ingressValues(input),
    });
    const components = compact(componentValues(input));
    const layers = [
        ours,
        compact(cloudValues(input)),
        isolationValues(args.operator?.namespaceIsolation?.enabled === true),
        components,
        args.values ?? {},
        credentialValues(input.credentials.values ?? {}),
    ];
    return layers.reduce(mergeValues);
}
