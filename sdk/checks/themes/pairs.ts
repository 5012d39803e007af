import { codes, given } from "../../validation/wording";
import type { Check, CheckInput, Fault } from "../check";
import { isDeployed, switchAt } from "../components";
import type { View } from "../view";

const Rendered = "Chart operator-wandb 0.43.8, rendered";

/** Checks of switches that belong together. */
export const pairChecks: readonly Check[] = [
    {
        id: "pair.executor",
        level: "warning",
        wrong: "`global.executor.enabled` and `executor.install` differ",
        why: "One sends tasks to a queue, the other deploys the workers: a queue without workers, or workers without tasks",
        source: Rendered,
        remedy: "Set both to the same value.",
        find: ({ values }) => unequal(values, "global.executor.enabled", "executor.install", Executor),
    },
    {
        id: "pair.weave-trace",
        level: "error",
        wrong: "`weave-trace.install` and `global.weave-trace.enabled` differ, or it is installed without a ClickHouse",
        why: "One deploys the service and its route, the other shows it to users; traces are kept in ClickHouse",
        source: "Chart operator-wandb 0.43.8, templates of api and ingress",
        remedy: "Set both to the same value, and give `global.clickhouse.host` or set `clickhouse.install`.",
        find: weaveTrace,
    },
    {
        id: "pair.bufstream",
        level: "warning",
        wrong: "`global.bufstream.enabled` and `bufstream.install` differ, and no `global.kafka.brokerHost` is given",
        why: "The URL of the queue is built for the other kind of broker",
        source: "Chart operator-wandb 0.43.8, template _queues",
        remedy: "Set both to the same value, or name the broker in `global.kafka.brokerHost`.",
        find: bufstream,
    },
    {
        id: "pair.history",
        level: "error",
        wrong: "`global.historyStore.historyReaderEnabled` is true",
        why: "Chart 0.43.8 cannot deploy the history reader, so history is asked from a service that is not there",
        source: "Chart operator-wandb 0.43.8, Chart.yaml",
        remedy: "Take it out.",
        find: historyReader,
    },
    {
        id: "mcp.weave",
        level: "error",
        wrong: "`mcp-server.weave.tools` is not auto, true or false, or it is true without a trace service",
        why: "The chart refuses to render",
        source: "Chart operator-wandb 0.43.8, template mcp-validation",
        remedy: "Use auto, or set up Weave traces (`weave-trace.install`, `global.weave-trace.enabled`).",
        find: weaveTools,
    },
];

/** What follows when only one of two switches is on. */
interface Consequences {
    readonly onlyFirst: string;
    readonly onlySecond: string;
}

const Executor: Consequences = {
    onlyFirst: "tasks go to a queue that nobody works on",
    onlySecond: "the workers run, but no tasks are sent to them",
};

const WeaveTrace: Consequences = {
    onlyFirst: "users see Weave traces, but no service answers",
    onlySecond: "the service runs, but neither users nor other components know of it",
};

const Bufstream: Consequences = {
    onlyFirst: "the queue's URL is made for a bufstream that is not installed here",
    onlySecond: "the queue's URL carries credentials that bufstream does not know",
};

/** One fault at the switch that is off. Both are off by default. */
function* unequal(values: View, first: string, second: string, consequences: Consequences): Iterable<Fault> {
    const places = { first: values.find(first), second: values.find(second) };
    const on = { first: switchAt(places.first), second: switchAt(places.second) };
    if (on.first === undefined || on.second === undefined || on.first === on.second) {
        return;
    }
    const [off, other] = on.first ? [places.second, first] : [places.first, second];
    yield {
        path: off.path,
        message: `is ${off.absent ? "not set" : "false"}, while ${codes([other])} is true: ${on.first ? consequences.onlyFirst : consequences.onlySecond}`,
        remedy: `Set ${codes([first, second])} to the same value.`,
    };
}

function* weaveTrace({ values }: CheckInput): Iterable<Fault> {
    yield* unequal(values, "global.weave-trace.enabled", "weave-trace.install", WeaveTrace);
    const host = values.find("global.clickhouse.host");
    const deployed = isDeployed(values, "weave-trace") === true;
    if (deployed && host.empty && isDeployed(values, "clickhouse") === false) {
        yield {
            path: host.path,
            message:
                "is empty, while `weave-trace.install` is true and `clickhouse.install` is not: traces have no store",
            remedy: "Give `global.clickhouse` of an external server, or set `clickhouse.install` to true for a trial.",
        };
    }
}

function bufstream({ values }: CheckInput): Iterable<Fault> {
    return values.find("global.kafka.brokerHost").empty
        ? unequal(values, "global.bufstream.enabled", "bufstream.install", Bufstream)
        : [];
}

function* historyReader({ values }: CheckInput): Iterable<Fault> {
    const place = values.find("global.historyStore.historyReaderEnabled");
    if (place.flag === true) {
        yield {
            path: place.path,
            message: "is true, but the chart cannot deploy the history reader: nothing answers there",
            remedy: "Take it out.",
        };
    }
}

function* weaveTools({ values }: CheckInput): Iterable<Fault> {
    const server = values.at("mcp-server");
    const place = server.find("weave.tools");
    // `false` without quotes counts as empty, so as auto.
    const mode = String(place.scalar ?? "").toLowerCase();
    if (isDeployed(values, "mcp-server") !== true || mode === "") {
        return;
    }
    if (!["auto", "true", "false"].includes(mode)) {
        yield {
            path: place.path,
            message: `is not auto, true or false ${given(place.scalar ?? "")}, and the chart refuses to render`,
            remedy: 'Use "auto", "true" or "false", in quotes.',
        };
        return;
    }
    const services = [isDeployed(values, "weave-trace"), switchAt(values.find("global.weave-trace.enabled"))];
    if (mode === "true" && services.every((on) => on === false) && server.find("env.WF_TRACE_SERVER_URL").empty) {
        yield {
            path: place.path,
            message: "is true, but there is no trace service, and the chart refuses to render",
            remedy: "Set `weave-trace.install` and `global.weave-trace.enabled` to true, give `mcp-server.env.WF_TRACE_SERVER_URL`, or use auto.",
        };
    }
}
