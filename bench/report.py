"""Turns the driver's JSON into the tables of docs/performance.md."""
import statistics

ORDER = ["madang-sqlite", "madang-postgres", "ceiling", "django-sqlite", "django-postgres"]
NOISE = 0.25  # processors used by others, above which a round says little

# scenario -> least share of the ceiling and least multiple of the reference, for (SQLite, PostgreSQL)
TARGETS = {
    "read_post": ((0.60, 0.35), (30, 20)),
    "list_board": ((0.50, 0.30), (30, 20)),
    "comments": ((0.50, 0.30), (30, 20)),
    "search": (None, (30, 20)),
    "create_post": (None, (30, 10)),
    "create_comment": (None, (30, 10)),
    "like": (None, (30, 10)),
}


def tables(results, starts, idle_rss):
    """`results` holds one list per pair: cells with scenario, server and runs."""
    runs = {}
    for cells in results:
        for cell in cells:
            runs.setdefault((cell["scenario"], cell["server"]), []).extend(cell["runs"])
    scenarios = list(dict.fromkeys(cell["scenario"] for cells in results for cell in cells))
    names = [name for name in ORDER if any((scenario, name) in runs for scenario in scenarios)]
    parts = [measured(runs, scenarios, names), ratios(results, scenarios), rest(runs, starts, idle_rss)]
    return "\n".join(parts)


def measured(runs, scenarios, names):
    head = ["route", "server", "req/s", "p50 ms", "p99 ms", "CPU s/1k", "database CPU s/1k", "errors", "RSS MB"]
    rows = []
    for scenario in scenarios:
        for name in names:
            of = runs.get((scenario, name))
            if not of:
                continue
            quiet = [run for run in of if run["other_cpus"] <= NOISE]
            pick = lambda key: statistics.median(run[key] for run in quiet or of)
            rows.append([
                scenario, name + ("" if quiet else " (noisy)"), f"{pick('rps'):,.0f}", f"{pick('p50_ms'):.2f}",
                f"{pick('p99_ms'):.2f}", f"{pick('cpu_s_per_1k'):.3f}",
                f"{pick('db_cpu_s_per_1k'):.3f}" if name.endswith("postgres") else "",
                str(sum(run["errors"] for run in of)), f"{max(run['rss_mb'] for run in of):.0f}",
            ])  # fmt: skip
    return "### Measured\n\n" + table(head, rows)


def ratios(results, scenarios):
    """Ratios within one run of the driver, which alternates between the two."""
    head = ["route", "this", "that", "req/s", "per CPU second", "p99", "target"]
    rows = []
    for scenario in scenarios:
        for cells in results:
            both = [cell for cell in cells if cell["scenario"] == scenario]
            if not both:
                continue
            a, b = both
            per_cpu = total_cpu(b) / total_cpu(a)
            rows.append([
                scenario, a["server"], b["server"], f"{middle(a, 'rps') / middle(b, 'rps'):.2f}", f"{per_cpu:.2f}",
                f"{middle(a, 'p99_ms') / middle(b, 'p99_ms'):.3f}", target(scenario, a["server"], b["server"]),
            ])  # fmt: skip
    return "### Ratios, each within one alternating run\n\n" + table(head, rows)


def rest(runs, starts, idle_rss):
    peak = lambda name: max((run["rss_mb"] for (_, of), rs in runs.items() if of == name for run in rs), default=0)
    rows = [
        ["cold start on an empty directory to the first 200", f"{starts['seconds']:.2f} s", "< 1 s"],
        ["resident memory, idle, empty", f"{starts['rss_mb']:.0f} MB", "< 60 MB"],
    ]
    for name in ("madang-sqlite", "madang-postgres"):
        if name in idle_rss:
            rows.append([f"{name}: idle, dataset loaded", f"{idle_rss[name]:.0f} MB", "< 60 MB"])
            rows.append([f"{name}: highest during the runs", f"{peak(name):.0f} MB", "< 200 MB"])
    return "### Start and memory\n\n" + table(["", "measured", "target"], rows)


def target(scenario, a, b):
    on_postgres = a.endswith("postgres")
    of_ceiling, of_django = TARGETS.get(scenario, (None, None))
    if scenario == "mixed":
        return "p99 ≤ 0.100"
    wanted = of_ceiling if b == "ceiling" else of_django
    return f"≥ {wanted[on_postgres]}" if wanted else ""


def total_cpu(cell):
    """CPU of the server and its database for 1,000 requests."""
    return middle(cell, "cpu_s_per_1k") + middle(cell, "db_cpu_s_per_1k")


def middle(cell, key):
    return statistics.median(run[key] for run in cell["runs"])


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"
