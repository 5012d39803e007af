package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

const baseName = "pulumi-language-nodejs-base"

// baseHost is the running older language host.
type baseHost struct {
	command *exec.Cmd
	conn    *grpc.ClientConn
	// Closed when the process has ended.
	exited chan struct{}
}

// startBase starts the older host with our own arguments and connects to the port it prints.
func startBase(arguments []string) (*baseHost, error) {
	path, err := findBase()
	if err != nil {
		return nil, err
	}
	command := exec.Command(path, arguments...)
	command.Stderr = os.Stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("cannot read the output of %s: %w", path, err)
	}
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("cannot start %s: %w", path, err)
	}
	base := &baseHost{command: command, exited: make(chan struct{})}

	lines := bufio.NewReader(stdout)
	first, err := lines.ReadString('\n')
	port, portErr := strconv.Atoi(strings.TrimSpace(first))
	if err := errors.Join(err, portErr); err != nil {
		_ = command.Process.Kill()
		_ = command.Wait()
		return nil, fmt.Errorf("%s printed %q instead of its port: %w", path, first, err)
	}
	go func() {
		// Wait closes the pipe, so everything is read first.
		_, _ = io.Copy(os.Stdout, lines)
		_ = command.Wait()
		close(base.exited)
	}()

	base.conn, err = grpc.NewClient(
		fmt.Sprintf("127.0.0.1:%d", port),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		rpcutil.GrpcChannelOptions(),
	)
	if err != nil {
		base.stop()
		return nil, fmt.Errorf("cannot connect to %s on port %d: %w", path, port, err)
	}
	return base, nil
}

func (base *baseHost) stop() {
	if base.conn != nil {
		_ = base.conn.Close()
	}
	_ = base.command.Process.Kill()
	<-base.exited
}

// findBase looks beside this executable first, so that a toolchain folder is complete in itself.
func findBase() (string, error) {
	self, err := os.Executable()
	if err == nil {
		if resolved, err := filepath.EvalSymlinks(self); err == nil {
			self = resolved
		}
		beside := filepath.Join(filepath.Dir(self), baseName)
		if info, err := os.Stat(beside); err == nil && !info.IsDir() {
			return beside, nil
		}
	}
	path, err := exec.LookPath(baseName)
	if err != nil {
		return "", fmt.Errorf("%s is neither beside %s nor on PATH: build the toolchain again: %w", baseName, self, err)
	}
	return path, nil
}
