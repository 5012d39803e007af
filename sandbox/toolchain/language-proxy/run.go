package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// The exit code by which the SDK says that the user has seen the error already (cmd/run/index.js).
const exitAfterLoggedError = 32

// host answers the methods listed in answered.
type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer

	// Ends when the engine cancels or is gone; every process started here ends with it.
	life          context.Context
	end           context.CancelFunc
	engineAddress string
	tracing       string
	base          pulumirpc.LanguageRuntimeClient
}

func newHost(ctx context.Context, base *grpc.ClientConn, engineAddress, tracing string) *host {
	life, end := context.WithCancel(ctx)
	client := pulumirpc.NewLanguageRuntimeClient(base)
	return &host{life: life, end: end, engineAddress: engineAddress, tracing: tracing, base: client}
}

// Cancel ends the running programs and plugins. The base host needs none of it: it runs nothing for long.
func (host *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	host.end()
	return &emptypb.Empty{}, nil
}

// Run runs a program against the engine's own monitor, without the older host in between.
func (host *host) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	ctx, release := context.WithCancel(ctx)
	defer release()
	defer context.AfterFunc(host.life, release)()

	command, err := host.programCommand(ctx, request)
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	return programResult(command.Run()), nil
}

func (host *host) programCommand(ctx context.Context, request *pulumirpc.RunRequest) (*exec.Cmd, error) {
	info := request.GetInfo()
	if request.GetAttachDebugger() {
		return nil, errors.New("this language host cannot attach a debugger: " +
			`use the runtime option nodeargs: "--inspect-brk" instead`)
	}
	options, err := parseOptions(info)
	if err != nil {
		return nil, err
	}
	node, err := findNode(ctx)
	if err != nil {
		return nil, err
	}
	module := os.Getenv("PULUMI_LANGUAGE_NODEJS_RUN_PATH")
	if module == "" {
		module = "@pulumi/pulumi/cmd/run"
	}
	path, err := locateModule(info.GetProgramDirectory(), module)
	if err != nil {
		return nil, err
	}
	configuration, err := configEnvironment(request)
	if err != nil {
		return nil, err
	}

	arguments := append(options.nodeArgs, path)
	arguments = append(arguments, host.programArguments(request)...)
	command := nodeCommand(ctx, node, arguments)
	command.Env = append(os.Environ(), configuration...)
	command.Env = append(command.Env, options.environment()...)
	// Node.js may set the files it is given to non-blocking; behind a plain writer it gets a pipe of its own.
	command.Stdout = struct{ io.Writer }{os.Stdout}
	command.Stderr = struct{ io.Writer }{os.Stderr}
	return command, nil
}

// programArguments are the flags of @pulumi/pulumi/cmd/run, then the entry point and the program's own arguments.
func (host *host) programArguments(request *pulumirpc.RunRequest) []string {
	info := request.GetInfo()
	var arguments []string
	for _, flag := range []struct{ name, value string }{
		{"monitor", request.GetMonitorAddress()},
		{"engine", host.engineAddress},
		{"organization", request.GetOrganization()},
		{"project", request.GetProject()},
		{"root-directory", info.GetRootDirectory()},
		{"stack", request.GetStack()},
		{"pwd", info.GetProgramDirectory()},
		{"parallel", strconv.Itoa(int(request.GetParallel()))},
		{"tracing", host.tracing},
	} {
		if flag.value != "" {
			arguments = append(arguments, "--"+flag.name, flag.value)
		}
	}
	if request.GetDryRun() {
		arguments = append(arguments, "--dry-run")
	}
	arguments = append(arguments, info.GetEntryPoint())
	return append(arguments, request.GetArgs()...)
}

// configEnvironment hands the stack configuration to the SDK; it goes by environment, never by arguments, which
// every user of the machine could read.
func configEnvironment(request *pulumirpc.RunRequest) ([]string, error) {
	values := request.GetConfig()
	if values == nil {
		values = map[string]string{}
	}
	config, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("cannot write the stack configuration as JSON: %w", err)
	}
	secretKeys := request.GetConfigSecretKeys()
	if secretKeys == nil {
		secretKeys = []string{}
	}
	secrets, err := json.Marshal(secretKeys)
	if err != nil {
		return nil, fmt.Errorf("cannot write the names of the secret configuration values as JSON: %w", err)
	}
	return []string{"PULUMI_CONFIG=" + string(config), "PULUMI_CONFIG_SECRET_KEYS=" + string(secrets)}, nil
}

func programResult(err error) *pulumirpc.RunResponse {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}
	case !errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program could not be run: %v", err)}
	case exit.ExitCode() == exitAfterLoggedError:
		return &pulumirpc.RunResponse{Bail: true}
	case exit.ExitCode() < 0:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Program was ended by a signal: %v", exit)}
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("Program exited with non-zero exit code: %d", exit.ExitCode())}
	}
}
