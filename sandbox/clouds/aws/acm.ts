/** AWS Certificate Manager, as of @pulumi/aws 7.47: certificates that Amazon issues. */
import { createHash, randomUUID } from "node:crypto";
import type { InventoryView, Problem, ResourceModel } from "../model";
import type { Row } from "../inventory";
import { isMap, textOf, valuesAt, type PropertyMap, type PropertyValue } from "../values";
import { accountOf, allTags, refusedTags, region, regionOf, tags, tagsAll } from "./account";
import { recordSet } from "./route53";

const certificateType = "aws:acm/certificate:Certificate";
const listenerType = "aws:lb/listener:Listener";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const domainPattern = /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/;
const longestFirstName = 64;
const longestName = 253;
/** Names of one certificate, unless an account had this raised: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const mostNames = 10;

const certificate: ResourceModel = {
    token: certificateType,
    inputs: {
        domainName: { type: "string", required: true },
        keyAlgorithm: {
            type: "string",
            values: ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"],
        },
        options: {
            type: "object",
            properties: {
                certificateTransparencyLoggingPreference: { type: "string", values: ["ENABLED", "DISABLED"] },
                export: { type: "string", values: ["ENABLED", "DISABLED"] },
            },
        },
        region,
        subjectAlternativeNames: { type: "array" },
        tags,
        validationMethod: { type: "string", values: ["DNS", "EMAIL"], required: true },
    },
    outputs: {
        arn: { type: "string" },
        domainValidationOptions: {
            type: "array",
            items: {
                type: "object",
                properties: {
                    domainName: { type: "string" },
                    resourceRecordName: { type: "string" },
                    resourceRecordType: { type: "string" },
                    resourceRecordValue: { type: "string" },
                },
            },
        },
        status: { type: "string" },
        tagsAll,
        type: { type: "string" },
    },
    replaceOn: ["domainName", "keyAlgorithm", "region", "subjectAlternativeNames", "validationMethod"],
    volatile: ["tagsAll"],
    validate: (inputs) => [
        ...wrongName("domainName", inputs["domainName"], longestFirstName),
        ...alternatives(inputs).flatMap((name) => wrongName("subjectAlternativeNames", name, longestName)),
    ],
    refuse: (inputs, { config }) =>
        refusedTags(inputs, config) ??
        (namesOf(inputs).length > mostNames
            ? "LimitExceededException: Error: you have reached your limit of 10 domain names in a certificate"
            : undefined),
    idOutput: "arn",
    computed: (inputs, { config, previous }) => {
        const { partition, accountId } = accountOf(config);
        const arn = `arn:${partition}:acm:${regionOf(inputs, config)}:${accountId}:certificate/${randomUUID()}`;
        return {
            arn: textOf(previous?.["arn"], arn),
            domainValidationOptions: inputs["validationMethod"] === "DNS" ? validationOptions(inputs, accountId) : [],
            status: "PENDING_VALIDATION",
            tagsAll: allTags(inputs, config),
            type: "AMAZON_ISSUED",
        };
    },
    blocksDeletion: ({ outputs }, inventory) => {
        const arn = textOf(outputs["arn"]);
        const inUse = inventory.find(listenerType, ({ inputs }) => inputs["certificateArn"] === arn) !== undefined;
        return inUse
            ? `ResourceInUseException: Certificate ${arn} in account ${arn.split(":")[4]} is in use.`
            : undefined;
    },
};

function alternatives(inputs: PropertyMap): string[] {
    return valuesAt(inputs, "subjectAlternativeNames[*]").filter((name) => typeof name === "string");
}

function namesOf(inputs: PropertyMap): string[] {
    const names = [textOf(inputs["domainName"]), ...alternatives(inputs)];
    return [...new Set(names.map((name) => name.toLowerCase()))];
}

function wrongName(property: string, name: PropertyValue | undefined, longest: number): Problem[] {
    if (typeof name !== "string" || (domainPattern.test(name) && name.length <= longest)) {
        return [];
    }
    return [
        {
            property,
            reason: `must be a domain name of at most ${longest} characters, without a dot at the end (value given: ${name}). Correct it.`,
        },
    ];
}

/**
 * The record is made of account and domain, so that a renewed certificate finds it there, and a wildcard shares that of its domain:
 * https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html. The provider keeps a set, so the order is nobody's.
 */
function validationOptions(inputs: PropertyMap, accountId: string): PropertyMap[] {
    const options = namesOf(inputs).map((domainName) => {
        const domain = domainName.replace(/^\*\./, "");
        const digest = createHash("sha256").update(`${accountId} ${domain}`).digest("hex");
        return {
            domainName,
            resourceRecordName: `_${digest.slice(0, 32)}.${domain}.`,
            resourceRecordType: "CNAME",
            resourceRecordValue: `_${digest.slice(32, 64)}.acm-validations.aws.`,
        };
    });
    const place = ({ domainName }: PropertyMap) => createHash("sha256").update(textOf(domainName)).digest("hex");
    return options.sort((one, other) => place(one).localeCompare(place(other)));
}

const validation: ResourceModel = {
    token: "aws:acm/certificateValidation:CertificateValidation",
    inputs: {
        certificateArn: { type: "string", required: true },
        region,
        validationRecordFqdns: { type: "array" },
    },
    references: [
        {
            path: "certificateArn",
            types: [certificateType],
            by: "arn",
            message: (arn) =>
                `ResourceNotFoundException: Could not find certificate ${arn} in account ${arn.split(":")[4]}.`,
        },
    ],
    replaceOn: ["certificateArn", "region", "validationRecordFqdns"],
    durationKey: "acm certificate validation (dns)",
    refuse: ({ certificateArn, validationRecordFqdns }, { inventory }) => {
        const row = inventory.find(certificateType, ({ outputs }) => outputs["arn"] === certificateArn);
        return row === undefined ? undefined : unproven(row, validationRecordFqdns, inventory);
    },
};

/** The provider looks at the names that it was given, and then waits for 75 minutes: ACM asks the public DNS. */
function unproven({ outputs }: Row, given: PropertyValue | undefined, inventory: InventoryView): string | undefined {
    const options = valuesAt(outputs, "domainValidationOptions[*]").filter(isMap);
    const named = Array.isArray(given) ? given.map((name) => bare(textOf(name))) : undefined;
    const missing = options.find(
        ({ resourceRecordName }) => named?.includes(bare(textOf(resourceRecordName))) === false,
    );
    if (missing !== undefined) {
        return `missing ${textOf(missing["domainName"])} DNS validation record: ${bare(textOf(missing["resourceRecordName"]))}`;
    }
    const proven = options.every(({ resourceRecordName, resourceRecordValue }) => {
        const record = recordSet(textOf(resourceRecordName), "CNAME", inventory, { isPrivate: false });
        const values = record?.inputs["records"];
        return (
            Array.isArray(values) && values.some((value) => bare(textOf(value)) === bare(textOf(resourceRecordValue)))
        );
    });
    return proven
        ? undefined
        : "waiting for ACM Certificate to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)";
}

function bare(name: string): string {
    return name.toLowerCase().replace(/\.$/, "");
}

export const acm: readonly ResourceModel[] = [certificate, validation];
