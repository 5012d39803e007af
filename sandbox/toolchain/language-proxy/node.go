package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/google/shlex"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// The SDK declares it; on Node 20 a failing program spends up to a minute formatting its error.
const oldestNode = 22

// How long an interrupted program may take to end before it is killed.
const interruptGrace = 5 * time.Second

// runtimeOptions are `runtime.options` of a Pulumi.yaml, as far as Node.js reads them.
type runtimeOptions struct {
	typescript bool
	tsconfig   string
	nodeArgs   []string
}

func parseOptions(info *pulumirpc.ProgramInfo) (runtimeOptions, error) {
	options := runtimeOptions{typescript: true}
	given := info.GetOptions().AsMap()
	if value, ok := given["typescript"]; ok {
		if options.typescript, ok = value.(bool); !ok {
			return options, fmt.Errorf("runtime option typescript: must be true or false (value given: %v)", value)
		}
	}
	if value, ok := given["tsconfig"]; ok {
		if options.tsconfig, ok = value.(string); !ok {
			return options, fmt.Errorf("runtime option tsconfig: must be a path (value given: %v)", value)
		}
	}
	if value, ok := given["nodeargs"]; ok {
		text, ok := value.(string)
		if !ok {
			return options, fmt.Errorf("runtime option nodeargs: must be one string (value given: %v)", value)
		}
		words, err := shlex.Split(text)
		if err != nil {
			return options, fmt.Errorf("runtime option nodeargs: cannot be split into words (value given: %q): %w", text, err)
		}
		options.nodeArgs = words
	}
	return options, nil
}

func (options runtimeOptions) environment() []string {
	var environment []string
	if options.typescript {
		environment = append(environment, "PULUMI_NODEJS_TYPESCRIPT=true")
	}
	if options.tsconfig != "" {
		environment = append(environment, "PULUMI_NODEJS_TSCONFIG_PATH="+options.tsconfig)
	}
	return environment
}

// findNode gives the node of PATH, or an error when there is none or it is too old.
func findNode(ctx context.Context) (string, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return "", fmt.Errorf("node is not on PATH: install Node.js %d or newer: %w", oldestNode, err)
	}
	output, err := exec.CommandContext(ctx, node, "--version").Output()
	if err != nil {
		return "", fmt.Errorf("%s --version failed: %w", node, err)
	}
	version := strings.TrimSpace(string(output))
	major, err := strconv.Atoi(strings.SplitN(strings.TrimPrefix(version, "v"), ".", 2)[0])
	if err != nil {
		return "", fmt.Errorf("%s --version printed %q, which is not a version", node, version)
	}
	if major < oldestNode {
		return "", fmt.Errorf(
			"%s is version %s, too old for programs of this version of the Pulumi SDK: put Node.js %d or newer first on PATH",
			node, version, oldestNode)
	}
	return node, nil
}

// locateModule finds a module of the Pulumi SDK the way Node.js does: in the node_modules of the folder, then of each
// folder above, because npm workspaces install at the root.
func locateModule(folder, module string) (string, error) {
	for current := folder; ; current = filepath.Dir(current) {
		candidate := filepath.Join(current, "node_modules", filepath.FromSlash(module))
		if _, err := os.Stat(filepath.Join(candidate, "index.js")); err == nil {
			return candidate, nil
		}
		if current == filepath.Dir(current) {
			return "", fmt.Errorf(
				"module %s is in no node_modules of %s or the folders above: run npm install there", module, folder)
		}
	}
}

// nodeCommand prepares a process that is interrupted, and after a while killed, when ctx ends.
func nodeCommand(ctx context.Context, node string, arguments []string) *exec.Cmd {
	command := exec.CommandContext(ctx, node, arguments...)
	command.Cancel = func() error {
		if err := command.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return command.Process.Kill()
		}
		return nil
	}
	command.WaitDelay = interruptGrace
	return command
}
