#!/usr/bin/env bash
# Measures Ramgate beside others and compares with the project's bars. See README.md.
#
#   benches/run.sh [--gate]                          everything, about twelve minutes after building
#   benches/run.sh policy|traffic|change|calls [OPTION]…   one part with its options (`traffic --help`, …)
#
# Results are written to .work/bench as well. With --gate it fails when a bar is missed.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
results=$root/.work/bench
export PYTHONDONTWRITEBYTECODE=1
cd "$root"

case ${1:-} in
    policy | traffic | change | calls) parts=("$1") && shift ;;
    '' | --gate) parts=(policy traffic change calls) ;;
    *)
        sed -n '2,7s/^# \{0,1\}//p' benches/run.sh >&2
        exit 2
        ;;
esac

tools/install-system-packages.sh cc python3
build() { # directory of a workspace of its own, with a lock file of its own
    (cd "$1" && cargo build --release --locked)
}
for part in "${parts[@]}"; do
    case $part in
        policy) build benches/policy ;;
        *)
            [[ $part == traffic ]] && tools/install-system-packages.sh nginx haproxy h2load
            tools/install-system-packages.sh wrk openssl
            cargo build --release --locked --package ramgate
            build benches/traffic
            ;;
    esac
done

mkdir -p "$results"
status=0
for part in "${parts[@]}"; do
    case $part in
        policy) command=(timeout --foreground 300 "${CARGO_TARGET_DIR:-benches/policy/target}/release/policy-bench") ;;
        *) command=(python3 "benches/traffic/$part.py") ;;
    esac
    printf '== %s\n\n' "$part"
    if ! "${command[@]}" "$@" | tee "$results/$part.txt"; then
        status=1
    fi
    echo
done

if ((${#parts[@]} > 1)); then
    printf '== all bars\n\n'
    for part in "${parts[@]}"; do
        sed -n '/^bars$/,$p' "$results/$part.txt" | sed "1s/.*/$part/"
        echo
    done
fi
exit "$status"
