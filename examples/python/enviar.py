#!/usr/bin/env python3
"""Sends a course's progress to SENCE's Gestor Intermedio: one file, Python >= 3.9, nothing but its standard library.

Certified by puente-sic's kit. What it promises: a send leaves at most once; what is unknown is settled by reading the
history; a percentage that would fall is held back; once a night, in Santiago's window. MIT.
"""

import argparse
import json
import os
import secrets
import sys
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

try:
    import fcntl
except ImportError:
    # Windows locks by another module of the standard library.
    fcntl = None
    import msvcrt

ID_SISTEMA = 1350
ALUMNOS_POR_ENVIO = 200
# The official advice: answers can take minutes.
TIMEOUT_SECONDS = 600
# How long a send that the history does not show may still be on its way.
WAIT = timedelta(minutes=20)
SANTIAGO = ZoneInfo("America/Santiago")
V2_CURSO = {"codigoEnvio", "cantActividadSincronica", "cantActividadAsincronica"}
V2_ALUMNO = {"evaluacionFinal"}
V2_MODULO = {"notaModulo", "cantActividadSincronica", "cantActividadAsincronica"}
OK, REJECTED, USAGE, CONNECTION, UNKNOWN = range(5)

EPILOGO = """
curso.json trae codigoOferta, codigoGrupo y listaAlumnos, como el cuerpo de enviarAvance sin las credenciales.
Variables: GESTOR_URL (https://auladigital.sence.cl/gestor/API en producción), RUT_OTEC, SENCE_TOKEN,
ESTADO (el archivo donde queda lo enviado; si falta, envios.json).
Sale con 0 todo aceptado, 1 algo rechazado, 2 uso, 3 sin conexión o token rechazado, 4 no se sabe.
"""


def main():
    options = read_options()
    settings = {name: os.environ.get(name, "").strip() for name in ("GESTOR_URL", "RUT_OTEC", "SENCE_TOKEN")}
    missing = [name for name, value in settings.items() if value == ""]
    if missing:
        return say(f"Falta la variable {missing[0]}.", USAGE)
    gestor = Gestor(settings["GESTOR_URL"].rstrip("/"), settings["RUT_OTEC"], settings["SENCE_TOKEN"].upper())
    if options.orden == "probar":
        return test(gestor)
    try:
        with open(options.archivo, encoding="utf-8") as file:
            curso = json.load(file)
        curso["listaAlumnos"][0]
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return say(f"No se puede leer {options.archivo} como un curso en JSON: revise el archivo.", USAGE)
    store = Store(os.environ.get("ESTADO") or "envios.json")
    return Sender(gestor, store, options).send(curso)


def test(gestor):
    """Reads the history, which is the official connection test."""
    try:
        gestor.history(fechaDesde=datetime.now(SANTIAGO).strftime("%Y-%m-%d"))
    except Refused:
        return say("El Gestor no acepta el RUT o el token.", CONNECTION)
    except Unreachable:
        return say("No se llega al Gestor.", CONNECTION)
    return say("Se llega al Gestor y acepta el token.", OK)


class Sender:
    def __init__(self, gestor, store, options):
        self.gestor = gestor
        self.store = store
        self.options = options
        self.now = (options.ahora or datetime.now(timezone.utc)).astimezone(SANTIAGO)

    def send(self, curso):
        key = f"{curso['codigoOferta']}|{curso['codigoGrupo']}"
        settled = self.settle_open(key)
        if settled is not None:
            return settled
        nights, today = self.store.data["noches"], self.now.strftime("%Y-%m-%d")
        if self.options.noche and (self.now.hour < 22 or nights.get(key) == today):
            return say("Fuera de la ventana (22:00 a 00:00 de Santiago), o ya enviado esta noche: no se envía.", OK)
        curso = self.prepare(curso, key)
        alumnos = curso["listaAlumnos"]
        if not alumnos:
            return say("No hay nada que enviar.", OK)
        if self.options.noche:
            nights[key] = today
        code = OK
        for at in range(0, len(alumnos), ALUMNOS_POR_ENVIO):
            part = {**curso, "listaAlumnos": alumnos[at : at + ALUMNOS_POR_ENVIO]}
            code = max(code, self.send_part(part, key))
            if code >= CONNECTION:
                break
        return code

    def settle_open(self, key):
        """What an earlier run left unknown comes first; None once nothing is open."""
        for codigo, opened in list(self.store.data["abiertos"].items()):
            if opened["curso"] != key:
                continue
            sent_at = datetime.fromisoformat(opened["enviado"])
            desde = (sent_at - timedelta(days=1)).strftime("%Y-%m-%d")
            try:
                history = self.gestor.history(fechaDesde=desde)
            except GestorFailure:
                return say("No se pudo consultar el historial: no se envía hasta saber qué pasó con lo anterior.", CONNECTION)
            proceso = self.find_proceso(history, codigo, opened)
            if proceso is None and self.now - sent_at < WAIT:
                return say("Todavía no se sabe si el envío anterior llegó. Vuelva a ejecutar dentro de 20 minutos.", UNKNOWN)
            del self.store.data["abiertos"][codigo]
            if proceso is None:
                if opened["noche"]:
                    self.store.data["noches"].pop(key, None)
                self.store.save()
                continue
            self.keep(key, opened["registros"], fates_of_history(proceso))
            self.store.save()
            return say(f"El envío anterior había llegado (proceso {proceso['id_proceso_externo']}): no se repite.", OK)
        return None

    def find_proceso(self, history, codigo, opened):
        """By its code; where none comes back, by what it says."""
        sent = sorted((record, float(share)) for record, share in opened["registros"].items())
        for proceso in history:
            code = (proceso.get("codigo_externo") or "").strip().upper()
            if self.options.version == 2 and code == codigo:
                return proceso
            if code == "" and int(proceso["id_proceso_externo"]) > opened["anterior"]:
                said = sorted((record_of(r), float(r["mod_porcentaje_avance"])) for r in proceso["listaregistros"])
                if said == sent:
                    return proceso
        return None

    def prepare(self, curso, key):
        """The course as it goes: only what is asked for, nothing that would fall, dates of Santiago."""
        old = self.options.version == 1
        only = set(self.store.data["rechazados"].get(key, [])) if self.options.solo_rechazados else None
        accepted = self.store.data["avances"].get(key, {})
        alumnos = []
        for alumno in curso["listaAlumnos"]:
            modulos = []
            for modulo in alumno["listaModulos"]:
                record = f"{alumno['rutAlumno']}|{modulo['codigoModulo']}"
                if only is not None and record not in only:
                    continue
                if modulo["porcentajeAvance"] >= accepted.get(record, 0):
                    modulos.append(dated(without(modulo, V2_MODULO if old else set())))
            if modulos:
                fields = dated(without(alumno, V2_ALUMNO if old else set()))
                alumnos.append({"fechaEjecucion": self.now.strftime("%Y-%m-%d"), **fields, "listaModulos": modulos})
        return {**without(curso, V2_CURSO if old else {"codigoEnvio"}), "listaAlumnos": alumnos}

    def send_part(self, curso, key):
        registros = {
            f"{alumno['rutAlumno']}|{modulo['codigoModulo']}": modulo["porcentajeAvance"]
            for alumno in curso["listaAlumnos"]
            for modulo in alumno["listaModulos"]
        }
        codigo = f"P{secrets.token_hex(10).upper()}"
        self.store.data["abiertos"][codigo] = {
            "curso": key,
            "enviado": self.now.isoformat(),
            "anterior": self.store.data["proceso"],
            "registros": registros,
            "noche": self.options.noche,
        }
        # Before a byte leaves: whatever happens from here on, the next run knows of it.
        self.store.save()
        try:
            answer = self.gestor.send(curso if self.options.version == 1 else {**curso, "codigoEnvio": codigo})
        except Refused:
            del self.store.data["abiertos"][codigo]
            self.store.data["noches"].pop(key, None)
            self.store.save()
            return say("El Gestor no acepta el RUT o el token: no se registró nada.", CONNECTION)
        except Unreachable:
            return say("No se sabe si el envío llegó. Vuelva a ejecutar dentro de 20 minutos.", UNKNOWN)
        fates = fates_of_answer(answer, registros)
        if "unknown" in fates.values():
            return say("La respuesta no nombra a todos. Vuelva a ejecutar dentro de 20 minutos.", UNKNOWN)
        self.store.data["proceso"] = max(self.store.data["proceso"], int(answer["id_proceso"]))
        self.keep(key, registros, fates)
        del self.store.data["abiertos"][codigo]
        self.store.save()
        for error in answer.get("datosError", []):
            say(f"Rechazado [{error['codigo']}] {error['mensaje']}", REJECTED)
        if "rejected" in fates.values():
            return REJECTED
        return say(f"Proceso {answer['id_proceso']}: todo aceptado.", OK)

    def keep(self, key, registros, fates):
        """The percentages that were accepted, and what was rejected."""
        accepted = self.store.data["avances"].setdefault(key, {})
        rejected = dict.fromkeys(self.store.data["rechazados"].get(key, []))
        for record, share in registros.items():
            if fates.get(record) == "accepted":
                accepted[record] = share
                rejected.pop(record, None)
            else:
                rejected[record] = None
        self.store.data["rechazados"][key] = list(rejected)


class GestorFailure(Exception):
    """No answer to go by."""


class Refused(GestorFailure):
    """The credentials are not accepted: nothing was recorded."""


class Unreachable(GestorFailure):
    """No answer of the service; a send may have been recorded."""


class Gestor:
    """Over HTTP, by urllib. Keeps token and RUT out of every message."""

    def __init__(self, url, rut, token):
        self.url = url
        self.credentials = {"rutOtec": rut, "idSistema": ID_SISTEMA, "token": token}

    def send(self, curso):
        body = json.dumps({**self.credentials, **curso}, ensure_ascii=False).encode("utf-8")
        answer = self.call("/avance-sic/enviarAvance", body)
        if isinstance(answer, dict) and "id_proceso" in answer:
            return answer
        raise Unreachable

    def history(self, **filters):
        query = urllib.parse.urlencode({**self.credentials, **filters})
        answer = self.call(f"/avance-sic/historialEnvios?{query}", None)
        if isinstance(answer, list):
            return answer
        raise Unreachable

    def call(self, path, body):
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=body, headers=headers)
        try:
            with OPENER.open(request, timeout=TIMEOUT_SECONDS) as response:
                text = response.read().decode("utf-8", "replace")
        except (OSError, ValueError, urllib.error.HTTPError):
            # What went wrong is not repeated: its message may hold the address, and so the token.
            raise Unreachable from None
        except Exception as error:
            if type(error).__module__ != "http.client":
                raise
            raise Unreachable from None
        answer = find_json(text)
        if isinstance(answer, dict) and "error" in answer:
            raise Refused
        return answer


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET, and the token would go to another host."""

    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def find_json(text):
    """PHP notices have been seen in front of the body."""
    decoder = json.JSONDecoder()
    for at, character in enumerate(text):
        if character in "{[":
            try:
                return decoder.raw_decode(text, at)[0]
            except ValueError:
                continue
    return None


def fates_of_answer(answer, registros):
    fates = dict.fromkeys(registros, "unknown")
    for alumno in answer.get("envio") or answer.get("datosEnviados") or []:
        for modulo in alumno["listaModulos"]:
            fates[f"{alumno['rutAlumno']}|{modulo['codigoModulo']}"] = "accepted"
    for error in answer.get("datosError") or []:
        for record in registros:
            rut, modulo = record.split("|", 1)
            is_of_it = error["alumno"] is None or str(error["alumno"]["rutAlumno"]) == rut
            if is_of_it and error.get("codigoModulo", modulo) == modulo:
                fates[record] = "rejected"
    return fates


def fates_of_history(proceso):
    return {
        record_of(registro): "accepted" if registro["estado_registro"] == "1" else "rejected"
        for registro in proceso["listaregistros"]
    }


def record_of(registro):
    return f"{registro['rut_alumno']}|{registro['mod_cod']}"


def without(fields, names):
    return {name: value for name, value in fields.items() if name not in names}


def dated(fields):
    """An instant with its zone becomes Santiago's day: 23:59 there is tomorrow in UTC."""
    dates = {
        name: datetime.fromisoformat(fields[name].replace("Z", "+00:00")).astimezone(SANTIAGO).strftime("%Y-%m-%d")
        for name in ("fechaInicio", "fechaFin")
        if "T" in fields[name]
    }
    return {**fields, **dates}


class Store:
    """What must survive a restart, in one JSON file; one process at a time."""

    def __init__(self, path):
        self.path = path
        # Held until the process ends, however it ends: two runs at once must not both find the night open.
        self.lock = lock(f"{path}.lock")
        self.data = {"abiertos": {}, "avances": {}, "rechazados": {}, "noches": {}, "proceso": 0}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.data = json.load(file)

    def save(self):
        """Written beside and put in place, so that a crash leaves the old one or the new one."""
        beside = f"{self.path}.nuevo"
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(self.data, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, self.path)


def lock(path):
    """The file, locked for this process; waits for another that has it."""
    file = open(path, "a", encoding="utf-8")
    if fcntl:
        fcntl.flock(file, fcntl.LOCK_EX)
        return file
    while True:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            return file
        except OSError:
            # It gives up after ten seconds; an answer may take minutes.
            continue


def say(text, code):
    print(text, file=sys.stdout if code == OK else sys.stderr)
    return code


def read_options():
    parser = argparse.ArgumentParser(
        description="Envía el avance de un curso al Gestor Intermedio.",
        epilog=EPILOGO,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    orders = parser.add_subparsers(dest="orden", required=True)
    orders.add_parser("probar", help="prueba la conexión y el token")
    enviar = orders.add_parser("enviar", help="envía un curso")
    enviar.add_argument("archivo", help="el curso, en JSON")
    enviar.add_argument("--noche", action="store_true", help="sólo entre las 22:00 y las 00:00 de Santiago, una vez por noche")
    enviar.add_argument("--solo-rechazados", action="store_true", help="sólo lo que la vez anterior fue rechazado")
    enviar.add_argument("--version", type=int, choices=(1, 2), default=2, help="versión de la API; 1 es la de 2021")
    enviar.add_argument("--ahora", type=read_instant, help="el momento que vale, con su zona, para ensayar con un reloj movido")
    return parser.parse_args()


def read_instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


if __name__ == "__main__":
    sys.exit(main())
