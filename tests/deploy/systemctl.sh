#!/bin/bash
# A stand-in for systemctl where no systemd runs: starts what a unit says, as the user and in the folder that it names.
set -eu
value() { sed -n "s/^$1=//p" "$2" | tail -n 1; }
case "$*" in
    daemon-reload) ;;
    "enable --now "*)
        unit=/etc/systemd/system/${3%.service}.service
        cd "$(value WorkingDirectory "$unit")"
        umask "$(value UMask "$unit")"
        read -ra words <<<"$(value ExecStart "$unit")"
        user=$(value User "$unit")
        setsid setpriv --reuid="$user" --regid="$user" --init-groups --no-new-privs --bounding-set=-all \
            env -i PATH=/usr/bin:/bin HOME="$PWD" "${words[@]}" >"/run/$3.log" 2>&1 </dev/null &
        echo $! >"/run/$3.pid"
        ;;
    "reload caddy")
        # Names that exist nowhere get their certificate from an authority on this machine, and only this machine is served.
        sed -i '1i {\n\tlocal_certs\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n\tadmin off\n}' /etc/caddy/Caddyfile
        HOME=/var/lib/caddy setsid caddy run --config /etc/caddy/Caddyfile >/run/caddy.log 2>&1 </dev/null &
        echo $! >/run/caddy.pid
        ;;
    *) echo "systemctl $*: not known here" >&2; exit 1 ;;
esac
