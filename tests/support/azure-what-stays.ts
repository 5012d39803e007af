/** What Azure keeps of a deployment that is gone (docs/azure.md, "What stays"). */
import assert from "node:assert/strict";

/** The vault that a deployment makes, with its keys, until it can be purged. */
const keptVault = /^DeletedVault \S+\/Microsoft\.KeyVault\/locations\/westeurope\/deletedVaults\/kv-wandb-[0-9a-f]{8}$/;

/** What was planted is there, and beside it the deleted vault, and nothing else. */
export function assertStays(left: readonly string[], planted: readonly string[]): void {
    assert.deepEqual(
        planted.filter((thing) => !left.includes(thing)),
        [],
        "what was there is gone",
    );
    const [vault, ...others] = left.filter((thing) => !planted.includes(thing));
    assert.match(vault, keptVault);
    assert.deepEqual(others, []);
}
