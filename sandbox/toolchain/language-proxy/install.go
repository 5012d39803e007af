package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// InstallDependencies leaves the work to the base host, except for a member of an npm workspace: that one's packages
// are in the root's node_modules, which the base host does not know and reports as a failed installation.
func (host *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, server pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	folder := request.GetInfo().GetProgramDirectory()
	if installedAbove(folder) {
		message := fmt.Sprintf("The dependencies of %s are installed in a folder above it.\n", folder)
		return server.Send(&pulumirpc.InstallDependenciesResponse{Stdout: []byte(message)})
	}
	stream, err := host.base.InstallDependencies(server.Context(), request)
	if err != nil {
		return err
	}
	for {
		response, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := server.Send(response); err != nil {
			return err
		}
	}
}

// installedAbove tells whether a folder has no node_modules of its own and finds the SDK all the same.
func installedAbove(folder string) bool {
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err == nil {
		return false
	}
	_, err := locateModule(folder, "@pulumi/pulumi")
	return err == nil
}
