import { mailChecks } from "../../sdk/checks/themes/mail";
import { Unknown } from "../../sdk/checks/view";
import type { Configuration } from "../support/check-input";
import { Canary, type FineInputs, type FoundRow, testChecks } from "../support/check-rows";

const smtp = (fields: unknown): Configuration => ({ values: { global: { email: { smtp: fields } } } });
const complete = { host: "smtp.example", user: "u", password: "p" };
const reference = { valueFrom: { secretKeyRef: { name: "n", key: "k" } } };

const found: readonly FoundRow[] = [
    {
        id: "smtp.complete",
        ...smtp({ host: "smtp.example" }),
        path: "global.email.smtp.user",
        message: /^is missing, so mail is sent with empty credentials$/,
        remedy: /`global.email.smtp.user` and `global.email.smtp.password`/,
    },
    {
        id: "smtp.complete",
        ...smtp({ host: "smtp.example", user: "u", password: "" }),
        path: "global.email.smtp.password",
        message: /^is missing/,
        remedy: /`global.email.smtp.password`/,
    },
    {
        id: "smtp.complete",
        ...smtp({ user: "u", password: Canary }),
        path: "global.email.smtp.host",
        message: /^is missing, so the credentials are ignored and mail goes through W&B's own relay/,
        remedy: /`global.email.smtp.host`, or remove `user` and `password`/,
    },
    {
        id: "smtp.complete",
        ...smtp({ host: "", password: reference }),
        path: "global.email.smtp.host",
        message: /^is missing/,
        remedy: /`global.email.smtp.host`/,
    },
    ...[0, 70000, "25.", "smtp", false].map((port): FoundRow => ({
        id: "smtp.port",
        ...smtp({ ...complete, port }),
        path: "global.email.smtp.port",
        message: /^is not a TCP port \(.* given\)$/,
        remedy: /^Set a whole number from 1 to 65535, usually 587\.$/,
    })),
    ...[":", "@", "%", "/"].map((character): FoundRow => ({
        id: "smtp.password-url",
        ...smtp({ ...complete, password: `${Canary}${character}` }),
        path: "global.email.smtp.password",
        message: /^holds white space or one of the characters .* smtp:\/\/ URL$/,
        remedy: /`valueFrom`/,
    })),
];

const fine: FineInputs = {
    "smtp.complete": [
        {},
        smtp(complete),
        smtp({}),
        smtp({ port: 587, mailFrom: "wandb@example.com" }),
        smtp({ host: reference, user: reference, password: reference }),
        smtp({ host: Unknown }),
        smtp({ host: Unknown, user: "u" }),
        smtp({ host: "smtp.example", user: Unknown, password: Unknown }),
        smtp({ user: Unknown }),
        smtp(Unknown),
        smtp("smtp.example"),
        { values: { global: Unknown } },
    ],
    "smtp.port": [{}, smtp(complete), ...[25, "587", 465, reference, Unknown, null].map((port) => smtp({ port }))],
    "smtp.password-url": [
        {},
        smtp(complete),
        ...["a%40b", "", null, 1, reference, Unknown].map((password) => smtp({ password })),
    ],
};

describe("checks of mail", () => {
    testChecks(mailChecks, found, fine);
});
