import type * as pulumi from "@pulumi/pulumi";

/** ClickHouse of W&B Weave, in ClickHouse Cloud. W&B itself is told of it by `components` or `values`. */
export interface GcpClickHouseArgs {
    /**
     * Id of ClickHouse Cloud's service attachment, `projects/<project>/regions/<region>/serviceAttachments/<name>`. An endpoint for it is made
     * in the network, reachable from there alone, and a private zone with the names of ClickHouse Cloud in that region. A change replaces the endpoint,
     * whose id ClickHouse Cloud must be told anew.
     */
    serviceAttachment: pulumi.Input<string>;
    /**
     * Region of ClickHouse Cloud, in which endpoint, address and subnet lie. It may be another one than the deployment's
     * (`allowPscGlobalAccess`). A change replaces endpoint, address and subnet. Default: that of the deployment.
     */
    region?: pulumi.Input<string>;
    /**
     * IPv4 range of a subnet that is made for the endpoint, /29 or larger, that overlaps no other of the network (`ipCidrRange`). A change
     * replaces the subnet, and with it address and endpoint.
     *
     * @default 10.50.0.0/24
     */
    subnetCidr?: string;
    /**
     * Id of a subnet of your own in that region, instead of one that is made: `projects/<project>/regions/<region>/subnetworks/<name>`. A
     * change replaces address and endpoint.
     */
    existingSubnetId?: pulumi.Input<string>;
    /**
     * Name of the subnet, at most 63 lower-case letters, digits and hyphens. A change replaces the subnet, and with it address and
     * endpoint.
     */
    subnetName?: pulumi.Input<string>;
    /** Name of the address, the same. A change replaces address and endpoint. */
    addressName?: pulumi.Input<string>;
    /** Name of the endpoint (`name` of the forwarding rule), the same. A change replaces the endpoint. */
    endpointName?: pulumi.Input<string>;
    /** Name of the private zone, the same. A change replaces the zone and its record. */
    zoneName?: pulumi.Input<string>;
}

/** Metrics of the database, the cache and the bucket in Prometheus. */
export interface GcpMonitoringArgs {
    /**
     * Install the exporter of Cloud Monitoring's metrics (`stackdriver.install`), with an account that may read metrics and nothing else. Its
     * requests to Cloud Monitoring cost money.
     * @default false
     */
    stackdriverExporter?: boolean;
}
