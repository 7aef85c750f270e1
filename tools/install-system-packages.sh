#!/usr/bin/env bash
# Installs what is missing of the things named, from Debian's packages: cc python3 venv nginx haproxy wrk h2load openssl.
set -euo pipefail

declare -A package=([cc]=gcc [python3]=python3 [nginx]=nginx-light [haproxy]=haproxy [wrk]=wrk [h2load]=nghttp2-client
    [openssl]=openssl [taskset]=util-linux [ab]=apache2-utils)

missing=()
for tool in "$@"; do
    if [[ $tool == venv ]]; then
        missing+=(python3-venv)
    elif ! command -v "$tool" >/dev/null 2>&1; then
        missing+=("${package[$tool]:?no package is known for $tool}")
    fi
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

if [[ $(id -u) -ne 0 ]]; then
    echo "missing: ${missing[*]}. Install them, or run this as root." >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}"
