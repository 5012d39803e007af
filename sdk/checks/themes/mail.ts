import type { Check, CheckInput, Fault } from "../check";
import { isSet, passwordInUrl, wrongPort } from "../connections";

const smtp = ({ values }: CheckInput) => values.at("global", "email", "smtp");

function* incomplete(input: CheckInput): Iterable<Fault> {
    const [host, user, password] = ["host", "user", "password"].map((key) => smtp(input).at(key));
    if (isSet(host)) {
        // A relay without login is one fault, not two.
        const absent = [user, password].find((place) => place.empty);
        if (absent !== undefined) {
            yield {
                path: absent.path,
                message: "is missing, so mail is sent with empty credentials",
                remedy: "Set `global.email.smtp.user` and `global.email.smtp.password`.",
            };
        }
    } else if (host.empty && (isSet(user) || isSet(password))) {
        yield {
            path: host.path,
            message: "is missing, so the credentials are ignored and mail goes through W&B's own relay at api.wandb.ai",
            remedy: "Set `global.email.smtp.host`, or remove `user` and `password`.",
        };
    }
}

/** Checks of SMTP. */
export const mailChecks: readonly Check[] = [
    {
        id: "smtp.complete",
        level: "warning",
        wrong: "`global.email.smtp` has a host without user and password, or credentials without a host",
        why: "The URL of the mail server is joined with empty credentials, or the mail server is not used at all",
        source: "Chart operator-wandb 0.43.8, as rendered",
        remedy: "Set `global.email.smtp.host`, `user` and `password`, or none of them.",
        find: incomplete,
    },
    {
        id: "smtp.port",
        level: "error",
        wrong: "`global.email.smtp.port` is not a whole number from 1 to 65535",
        why: "The port is pasted into the URL of the mail server",
        source: "The vendor's page, section SMTP",
        remedy: "Set a whole number from 1 to 65535, usually 587.",
        find: (input) => wrongPort(smtp(input).at("port"), 587),
    },
    {
        id: "smtp.password-url",
        level: "warning",
        wrong: "`global.email.smtp.password` holds a character that has a meaning in URLs (: / ? # [ ] @ %) and is not percent-encoded",
        why: "The password is pasted into an `smtp://` URL as it is, and no mail is sent",
        source: "Chart operator-wandb 0.43.8, template _smtp.tpl",
        remedy: "Choose a password without these characters, or write them percent-encoded.",
        find: (input) => passwordInUrl(smtp(input).at("password"), "smtp", "best in a Secret, by `valueFrom`"),
    },
];
