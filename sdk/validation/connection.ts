import { certificates } from "./pem";
import { serverName, tcpPort } from "./address";
import type { Section } from "./section";
import { given } from "./wording";

/** W&B joins URLs from these values as they are, without encoding. */
const Reserved = ": / ? # [ ] @ %";

/** A literal password that goes raw into a URL. Nothing of it is shown. */
export function urlPassword(password: string): string | undefined {
    return /[:/?#[\]@%\s]/.test(password)
        ? `holds white space or one of the characters ${Reserved}, and W&B pastes it into a URL as it is. Choose a password without them.`
        : undefined;
}

/** A user name that goes raw into a URL. `@` is common in mail addresses and harmless there. */
export function urlUser(user: string): string | undefined {
    return /[:/?#[\]%\s]/.test(user)
        ? `holds a character that breaks the URL which W&B makes of it ${given(user)}. Choose a name without white space and without : / ? # [ ] %.`
        : undefined;
}

/** Whether a text holds a character that means something else inside a URL. Percent-encoded ones do not. */
export function unencoded(text: string): boolean {
    return /[:/?#[\]@\s]|%(?![0-9A-Fa-f]{2})/.test(text);
}

interface Server {
    host?: unknown;
    port?: unknown;
    caCertificate?: unknown;
}

/** Host, port and CA of a server. */
export function checkServer(server: Section<Server>): void {
    server.check("host", (host) => serverName(host, server.at("port")));
    const port = server.number("port");
    const wrongPort = port === undefined ? undefined : tcpPort(port);
    if (wrongPort !== undefined) {
        server.refuse("port", wrongPort);
    }
    server.check("caCertificate", certificates);
}
