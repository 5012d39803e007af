/** OIDC providers of IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
import type { Problem, ResourceModel } from "../model";
import { textOf, type PropertyMap } from "../values";
import { accountOf, allTags, refusedTags, tags, tagsAll } from "./account";

const openIdConnectType = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";

export const openIdConnectProvider: ResourceModel = {
    token: openIdConnectType,
    inputs: {
        clientIdLists: { type: "array", required: true },
        tags,
        thumbprintLists: { type: "array" },
        url: { type: "string", required: true },
    },
    outputs: { arn: { type: "string" }, tagsAll, thumbprintLists: { type: "array" } },
    replaceOn: ["url"],
    volatile: ["tagsAll"],
    durationKey: "security group, role, policy, bucket, subnet, route",
    validate: (inputs) => [...wrongUrl(inputs), ...wrongLists(inputs)],
    refuse: (inputs, { config, inventory, previous }) => {
        const taken = inventory.find(openIdConnectType, ({ outputs }) => outputs["arn"] === arnOf(inputs, config));
        return previous === undefined && taken !== undefined
            ? `EntityAlreadyExists: Provider with url ${textOf(inputs["url"])} already exists.`
            : refusedTags(inputs, config);
    },
    idOutput: "arn",
    computed: (inputs, { config }) => ({
        arn: arnOf(inputs, config),
        // IAM fetches it from the issuer when none is given: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_verify-thumbprint.html
        thumbprintLists: inputs["thumbprintLists"] ?? ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
        tagsAll: allTags(inputs, config),
    }),
};

function arnOf({ url }: PropertyMap, config: PropertyMap): string {
    const { partition, accountId } = accountOf(config);
    return `arn:${partition}:iam::${accountId}:oidc-provider/${textOf(url).replace(/^https:\/\//, "")}`;
}

function wrongUrl({ url }: PropertyMap): Problem[] {
    return typeof url === "string" && !/^https:\/\/[^/?#]+(\/[^?#]*)?$/.test(url)
        ? [{ property: "url", reason: `must begin with https:// and have no query (value given: ${url}). Correct it.` }]
        : [];
}

function wrongLists({ clientIdLists, thumbprintLists }: PropertyMap): Problem[] {
    const problems: Problem[] = [];
    const ids = Array.isArray(clientIdLists) ? clientIdLists : [];
    if (ids.length > 100 || ids.some((id) => typeof id === "string" && (id === "" || id.length > 255))) {
        problems.push({
            property: "clientIdLists",
            reason: "must be 100 ids of 1 to 255 characters at most. Correct it.",
        });
    }
    const prints = Array.isArray(thumbprintLists) ? thumbprintLists : [];
    if (prints.length > 5 || prints.some((print) => typeof print === "string" && print.length !== 40)) {
        problems.push({ property: "thumbprintLists", reason: "must be 5 texts of 40 characters at most. Correct it." });
    }
    return problems;
}
