"""Starts and stops the servers under test, each on a fresh copy of its loaded database."""
import json
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

PG_PORT = "55481"  # of the cluster that the reference's script makes; both use it, with the same settings
PORTS = {"madang-sqlite": 8101, "madang-postgres": 8102, "ceiling": 8103, "django-sqlite": 8104, "django-postgres": 8105}
DATABASE = "madang_bench"
TEMPLATE = DATABASE + "_loaded"

# What would refuse a load of this kind, or is not what is measured.
SETTINGS = {
    "MADANG_LIMITS__READ_PER_MINUTE": "0",
    "MADANG_LIMITS__WRITE_PER_MINUTE": "0",
    "MADANG_LIMITS__SEARCH_PER_MINUTE": "0",
    "MADANG_POSTS__COOLDOWN_SECONDS": "0",
    "MADANG_POSTS__REFUSE_DUPLICATE": "false",
    "MADANG_LIKES__MAX_AGE_DAYS": "0",
    "MADANG_AUTH__ACCESS_TTL_SECONDS": "3600",
    "MADANG_AUTH__BCRYPT_COST": "10",
    "MADANG_LOG__LEVEL": "warn",
}


class Running:
    """A server that answers."""

    def __init__(self, adapter, url, pid_file, db_pid_file=None, process=None, stop=None):
        self.adapter, self.url, self.pid_file, self.db_pid_file = adapter, url, pid_file, db_pid_file
        self.process, self.stop_command = process, stop

    def arguments(self, side):
        """Its arguments for the load driver."""
        named = {"": self.adapter, "-url": self.url, "-pid": self.pid_file, "-db-pid": self.db_pid_file}
        return [str(part) for key, value in named.items() if value for part in (f"--{side}{key}", value)]

    def stop(self):
        if self.stop_command:
            self.stop_command()
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)


class Site:
    """Everything that runs stands below one folder."""

    def __init__(self, home, peers, dataset, binaries, adapter):
        self.home, self.peers, self.dataset, self.binaries = home, peers, dataset, binaries
        self.adapter, self.running, self.idle_rss = json.loads(adapter.read_text()), [], {}

    def start(self, name):
        server = self.django(name) if name.startswith("django") else self.madang(name)
        self.running.append(server)
        return server

    def stop(self):
        while self.running:
            self.running.pop().stop()

    # the reference --------------------------------------------------------------
    def django_env(self, name):
        database = name.split("-")[1]
        return {
            **os.environ, "PEER_HOME": str(self.home / "django"), "PEER_DB": database,
            "PEER_DATASET": str(self.dataset), "PORT": str(PORTS[name]),
        }  # fmt: skip

    def django(self, name):
        env, script = self.django_env(name), self.peers / "django"
        stop = lambda: subprocess.run([script / "stop.sh"], env=env, check=False, stdout=subprocess.DEVNULL)
        stop()
        subprocess.run([script / "run.sh"], env=env, check=True, stdout=subprocess.DEVNULL)
        adapter = self.named_adapter(name, json.loads((self.peers / "workload/adapters/django.json").read_text()))
        pid_file = self.home / "django" / f"server-{PORTS[name]}.pid"
        db_pid = self.pg_pid() if name.endswith("postgres") else None
        return Running(adapter, f"http://127.0.0.1:{PORTS[name]}", pid_file, db_pid, stop=stop)

    # this server ----------------------------------------------------------------
    def madang(self, name):
        data, loaded = self.home / name, self.home / f"{name}-loaded"
        env = {**os.environ, **SETTINGS, "MADANG_HTTP__BIND": f"127.0.0.1:{PORTS[name]}"}
        db_pid = None
        if name == "madang-postgres":
            self.need_cluster()
            db_pid = self.pg_pid()
            env["MADANG_DATABASE__URL"] = f"postgres://peer@127.0.0.1:{PG_PORT}/{DATABASE}"
        if not (loaded / "id_map.json").exists():
            self.load(name, loaded, env)
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(loaded, data)
        if name == "madang-postgres":
            self.sql(f"DROP DATABASE IF EXISTS {DATABASE}")
            self.sql(f"CREATE DATABASE {DATABASE} TEMPLATE {TEMPLATE}")
        env["MADANG_DATA_DIR"] = str(data)
        if name == "ceiling":
            command = [self.binaries / "examples" / "ceiling", self.dataset]
        else:
            command = [self.binaries / "madang", "serve"]
        process, url, _ = launch(command, env, self.home / f"{name}.log")
        pid_file = self.home / f"{name}.pid"
        pid_file.write_text(str(process.pid))
        time.sleep(1)
        self.idle_rss[name] = resident_mb(process.pid)
        spec = {**self.adapter, "id_map_file": str(data / "id_map.json")}
        return Running(self.named_adapter(name, spec), url, pid_file, db_pid, process)

    def load(self, name, loaded, env):
        """Loads the dataset once; the servers get copies."""
        shutil.rmtree(loaded, ignore_errors=True)
        loaded.mkdir(mode=0o700)
        if name == "madang-postgres":
            for database in (DATABASE, TEMPLATE):
                self.sql(f"DROP DATABASE IF EXISTS {database}")
            self.sql(f"CREATE DATABASE {DATABASE}")
        command = [self.binaries / "examples" / "load_dataset", self.dataset, loaded / "id_map.json.new"]
        subprocess.run(command, env={**env, "MADANG_DATA_DIR": str(loaded)}, check=True)
        if name == "madang-postgres":
            self.sql("VACUUM ANALYZE", DATABASE)
            self.sql(f"ALTER DATABASE {DATABASE} RENAME TO {TEMPLATE}")
        (loaded / "id_map.json.new").rename(loaded / "id_map.json")

    def named_adapter(self, name, spec):
        path = self.home / f"{name}.adapter.json"
        # A tenth of the mix reads timetables, which are still to come: all servers show a board in their place.
        spec["requests"]["timetable"] = spec["requests"]["list_board"]
        path.write_text(json.dumps({**spec, "name": name}))
        return path

    # PostgreSQL -----------------------------------------------------------------
    def need_cluster(self):
        """The reference's script makes the cluster; starting and stopping the reference leaves it running."""
        # A file with its process id may be left from a machine that was switched off.
        if subprocess.run(["pg_isready", "-q", "-h", "127.0.0.1", "-p", PG_PORT], check=False).returncode != 0:
            self.django("django-postgres").stop()

    def pg_pid(self):
        return self.home / "django" / "pg" / "postmaster.pid"

    def sql(self, statement, database="postgres"):
        command = ["psql", "-h", "127.0.0.1", "-p", PG_PORT, "-U", "peer", "-d", database, "-qtAc", statement]
        subprocess.run(command, check=True)


def launch(command, env, log):
    """Starts a server; answers its process, its URL and the seconds until it answered for the first time."""
    begun = time.monotonic()
    with open(log, "wb") as errors:
        process = subprocess.Popen(list(map(str, command)), env=env, stdout=subprocess.PIPE, stderr=errors, text=True)
    line = process.stdout.readline()
    if not line.startswith("listening on "):
        raise SystemExit(f"{command[0]} did not start; see {log}")
    url = line.split()[-1].rstrip("/")
    while not answers(f"{url}/readyz"):
        time.sleep(0.005)
    return process, url, time.monotonic() - begun


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def resident_mb(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def cold_starts(site, times=5):
    """Seconds from the start on an empty directory to the first 200, and the resident memory then; medians."""
    seconds, memory = [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as empty:
            env = {**os.environ, "MADANG_DATA_DIR": f"{empty}/data", "MADANG_HTTP__BIND": "127.0.0.1:0"}
            process, _, took = launch([site.binaries / "madang", "serve"], env, site.home / "cold.log")
            seconds.append(took)
            time.sleep(1)
            memory.append(resident_mb(process.pid))
            Running(None, None, None, process=process).stop()
    return {"seconds": statistics.median(seconds), "rss_mb": statistics.median(memory)}
