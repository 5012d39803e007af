// pulumi-language-nodejs stands in front of an older Node.js language host and adds what that one lacks.
//
// The current host lives in a Go module that cannot be fetched by version; the last one that can (v3.68.0) knows
// neither plugins and policy packs written in TypeScript nor resource hooks, transforms and `nodeargs`. This program
// starts it as `pulumi-language-nodejs-base`, answers the methods listed in forward.go itself, and passes every other
// request on unread, so that a method the older host does not know is "unimplemented" and the engine takes its own fallback.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"google.golang.org/grpc"
)

// How often to ask whether the engine still lives: a killed engine must not leave programs running behind it.
const engineCheckInterval = 5 * time.Second

func main() {
	if err := serve(); err != nil {
		fmt.Fprintf(os.Stderr, "pulumi-language-nodejs: %v\n", err)
		os.Exit(1)
	}
}

func serve() error {
	tracing := flag.String("tracing", "", "address of a Zipkin-compatible tracing endpoint")
	// Older engines passed the program's runtime options as flags; the base host still takes them.
	for _, name := range []string{"root", "tsconfig", "nodeargs"} {
		flag.String(name, "", "read by the base host")
	}
	flag.Bool("typescript", true, "read by the base host")
	flag.Parse()
	engineAddress := flag.Arg(0)

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if engineAddress != "" {
		if err := rpcutil.Healthcheck(ctx, engineAddress, engineCheckInterval, stop); err != nil {
			return fmt.Errorf("cannot watch the engine at %s: %w", engineAddress, err)
		}
	}

	base, err := startBase(os.Args[1:])
	if err != nil {
		return err
	}
	defer base.stop()

	cancelServer := make(chan bool)
	go func() {
		select {
		case <-ctx.Done():
		case <-base.exited:
			stop()
		}
		close(cancelServer)
	}()
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancelServer,
		Init: func(server *grpc.Server) error {
			registerAnswered(server, newHost(ctx, base.conn, engineAddress, *tracing))
			return nil
		},
		Options: forwardUnanswered(base.conn),
	})
	if err != nil {
		return fmt.Errorf("cannot serve on a loopback port: %w", err)
	}

	// The engine reads the port from the first line.
	fmt.Printf("%d\n", handle.Port)
	if err := <-handle.Done; err != nil {
		return fmt.Errorf("stopped serving: %w", err)
	}
	return nil
}
