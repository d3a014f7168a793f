//go:build unix

package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// What only Unix has: pipes, users without rights, and the memory that another process took.

func TestT35SpecialFiles(t *testing.T) {
	inProject(t, tree{"content/index.md": home + "[x](pipe.txt \"include\")\n\n![x](pipe.png)\n"})
	for _, name := range []string{"pipe.md", "pipe.txt", "pipe.png", "pipe.svg"} {
		if err := syscall.Mkfifo("content/"+name, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	socket, err := net.Listen("unix", "content/socket.md")
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	done := make(chan said, 1)
	go func() { done <- guide("build") }()
	select {
	case s := <-done:
		s.want(t, exitContent, "content/index.md:3:1: cannot read pipe.txt: pipe.txt is a pipe; ", "content/pipe.md: warning: is a pipe and passed over; ", "content/pipe.svg: warning: is a pipe ", "content/socket.md: warning: is a socket ")
	case <-time.After(time.Minute):
		t.Fatal("the build waits for a pipe")
	}
	tree{"content/index.md": home}.write(t)
	if err := syscall.Mkfifo("content/site.yaml", 0o644); err != nil {
		t.Fatal(err)
	}
	go func() { done <- guide("build") }()
	select {
	case s := <-done:
		s.want(t, exitContent, "content/site.yaml: cannot be read: site.yaml is a pipe; ")
	case <-time.After(time.Minute):
		t.Fatal("the build waits for a pipe")
	}
}

// A pipe in the place of what a build wrote holds up no build either.
func TestT35PipesInOutput(t *testing.T) {
	for _, name := range []string{manifestName, inputsName, "index.html"} {
		inProject(t, tree{"content/index.md": home})
		guide("build", "--quiet").want(t, exitGood)
		want := siteListing(t, "public")
		if err := os.Remove("public/" + name); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo("public/"+name, 0o644); err != nil {
			t.Fatal(err)
		}
		done := make(chan said, 1)
		go func() { done <- guide("build", "--quiet") }()
		select {
		case s := <-done:
			s.want(t, exitGood)
		case <-time.After(time.Minute):
			t.Fatalf("the build waits for the pipe %s", name)
		}
		if got := siteListing(t, "public"); got != want {
			t.Errorf("after the pipe %s\n%s\nand before it\n%s", name, got, want)
		}
	}
}

// asNobody runs guide without any rights over other people's files, as root has none to lack.
func asNobody(t *testing.T, args ...string) said {
	t.Helper()
	command, err := exec.LookPath("guide")
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(command, args...)
	if os.Geteuid() == 0 {
		own := filepath.Join(t.TempDir(), "guide")
		data, err := os.ReadFile(command)
		if err == nil {
			err = os.WriteFile(own, data, 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
		folder, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		for _, way := range []string{own, folder} {
			for dir := filepath.Dir(way); len(dir) > len(os.TempDir()); dir = filepath.Dir(dir) {
				if err := os.Chmod(dir, 0o755); err != nil {
					t.Fatal(err)
				}
			}
		}
		c.Path = own
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		c.Env = append(os.Environ(), "HOME=/nonexistent", "XDG_CACHE_HOME=")
	}
	out, err := c.CombinedOutput()
	if c.ProcessState == nil {
		t.Fatal(err)
	}
	return said{code: c.ProcessState.ExitCode(), out: string(out)}
}

func TestT37ReadOnlyOutput(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "content/locked/a.md": "# A\n"})
	guide("build", "--quiet").want(t, exitGood)
	before := listing(t, "public")
	tree{"content/index.md": home + "New.\n"}.write(t)
	asNobody(t, "build").want(t, exitMachine, "permission denied")
	if listing(t, "public") != before {
		t.Error("the last good site has changed")
	}
	if err := os.Chmod("content/locked/a.md", 0); err != nil {
		t.Fatal(err)
	}
	asNobody(t, "check").want(t, exitContent, "content/locked/a.md: cannot be read: permission denied; ")
	if err := os.Chmod("content/locked", 0); err != nil {
		t.Fatal(err)
	}
	asNobody(t, "check").want(t, exitContent, "content/locked: cannot be read: permission denied; ")
	if err := os.Chmod("content/locked", 0o755); err != nil {
		t.Fatal(err)
	}
}

// A gibibyte is more than ten thousand pages need.
func TestT83MemoryOfLargeSites(t *testing.T) {
	if testing.Short() {
		return
	}
	pages := 500
	if soak() > 1 {
		pages = 10_000
	}
	large(t, pages, 5000)
	c := exec.Command("guide", "build", "--quiet", "--no-cache")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if ok && runtime.GOOS == "linux" {
		t.Logf("%d pages: %d MiB", pages, usage.Maxrss>>10)
		if usage.Maxrss>>20 >= 1 {
			t.Errorf("%d pages take %d MiB", pages, usage.Maxrss>>10)
		}
	}
}

// A signal ends every command: a build whatever it waits for, a server when it has answered, and at once at the second.
func TestSignalsEndEveryCommand(t *testing.T) {
	inProject(t, tree{"content/index.md": home, "public/.keep": ""})
	root, err := os.OpenRoot("public")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	unlock, err := lock(root) // by another build
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		started := exec.Command("guide", "build", "--quiet")
		if err := started.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(500 * time.Millisecond) // it waits for the lock; if it is slower than that, it must end no less
		if state := signalled(t, started, s); state.Exited() {
			t.Errorf("%v: the build ended with %v", s, state)
		}
		started = exec.Command("guide", "serve", "--addr", "127.0.0.1:0")
		var log lines
		started.Stdout = &log
		if err := started.Start(); err != nil {
			t.Fatal(err)
		}
		eventually(t, "an address", func() bool { return addressSaid.MatchString(log.String()) })
		time.Sleep(50 * time.Millisecond) // it listens when it has said so
		if state := signalled(t, started, s); state.ExitCode() != exitGood {
			t.Errorf("%v: the server ended with %v", s, state)
		}
	}
}

// signalled is how a process ended that was sent a signal.
func signalled(t *testing.T, c *exec.Cmd, s os.Signal) *os.ProcessState {
	t.Helper()
	c.Process.Signal(s)
	ended := make(chan struct{})
	go func() { c.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		c.Process.Kill()
		<-ended
		t.Fatalf("%v: %v goes on", c.Args, s)
	}
	return c.ProcessState
}
