import type { WandbDeploymentArgs } from "../args";
import type { DatabaseArgs } from "../args/stores";
import { checkServer, urlPassword, urlUser } from "./connection";
import { checkEither, checkSecretKey } from "./references";
import type { Section } from "./section";
import { cloudOf } from "./where";
import { codes, given, quote } from "./wording";

const Choices =
    "Give the `host` of an external MySQL (8.0.32 or newer), or set `database.install` to true (in the cluster, not for production)";

/** `database`. */
export function checkDatabase(args: Section<WandbDeploymentArgs>): void {
    if (!args.has("database") && !args.pending("existing") && cloudOf(args) === undefined) {
        args.refuse("database", `is missing, and no cloud makes one. ${Choices}.`);
    }
    const database = args.section("database");
    if (database === undefined) {
        return;
    }
    checkSource(database);
    checkServer(database);
    database.check("name", wrongSchema);
    database.check("username", wrongUser);
    database.check("password", urlPassword);
    checkSecretKey(database.section("passwordSecret"));
}

function checkSource(database: Section<DatabaseArgs>): void {
    const credential = checkEither(database, "password", "passwordSecret");
    if (database.flag("install") === true) {
        const excluded = database.givenOf("host", "port", "name", "username", "caCertificate");
        if (excluded.length > 0) {
            database.refuse(
                "install",
                `is true, so the chart runs MySQL, but ${codes(excluded)} describe${excluded.length === 1 ? "s" : ""} an external one. Leave out the one or the other.`,
            );
        }
        return;
    }
    if (!database.has("host") && !database.pending("install")) {
        database.refuse("host", `is missing. ${Choices}.`);
    }
    if (database.has("host") && !credential) {
        database.refuse(
            "password",
            "is missing. Give `database.password`, or `database.passwordSecret` with name and key of a Secret that exists.",
        );
    }
}

/** MySQL's limit for identifiers, and what would break the URL. */
function wrongSchema(name: string): string | undefined {
    if (name.length > 64) {
        return `is too long (${name.length} characters in ${quote(name)}). MySQL allows 64.`;
    }
    return /[\\/.?#%:@[\]\s]/.test(name)
        ? `is not a name of a database ${given(name)}. Use letters, digits, hyphens and underscores.`
        : undefined;
}

function wrongUser(name: string): string | undefined {
    return name.length > 32
        ? `is too long (${name.length} characters in ${quote(name)}). MySQL allows 32.`
        : urlUser(name);
}
