import { weeklyTime } from "../../azure/args/weekly-time";
import { given } from "../wording";

/** Rules that database and cache share; each function says what is wrong with a value, or nothing. */

/** A time on one day of the week. */
export function wrongWeeklyTime(text: string): string | undefined {
    return weeklyTime(text) === undefined
        ? `is not a time of the week ${given(text)}. Give day, hour and minute in UTC, for example sun:05:00.`
        : undefined;
}

/** A moment in UTC (ISO 8601). */
export function wrongMoment(text: string): string | undefined {
    const formed = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(text);
    return formed && !Number.isNaN(Date.parse(text))
        ? undefined
        : `is not a point in time ${given(text)}. Give it in UTC, for example 2026-01-31T02:10:00Z.`;
}

const Hosts = "(vault|managedhsm)\\.(azure\\.net|azure\\.cn|usgovcloudapi\\.net)";
const KeyForm = new RegExp(`^https://[A-Za-z0-9-]{3,24}\\.${Hosts}/keys/[A-Za-z0-9-]{1,127}/[0-9a-f]{32}$`);
const Unversioned = new RegExp(`^https://[A-Za-z0-9-]{3,24}\\.${Hosts}/keys/[A-Za-z0-9-]{1,127}/?$`);

/** Id of a key with its version. https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
export function wrongVersionedKeyUri(uri: string): string | undefined {
    if (KeyForm.test(uri)) {
        return undefined;
    }
    const wanted = "Give https://<vault>.vault.azure.net/keys/<name>/<version>, the version as 32 hexadecimal digits.";
    return Unversioned.test(uri)
        ? `is the id of a key without a version ${given(uri)}, which this service does not take. ${wanted}`
        : `is not the id of a key in Key Vault ${given(uri)}. ${wanted}`;
}
