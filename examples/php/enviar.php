<?php

/**
 * Sends a course's progress to SENCE's Gestor Intermedio: one file, PHP >= 8.1, nothing but its standard library.
 * Certified by puente-sic's kit. What it promises: a send leaves at most once; what is unknown is settled by reading the
 * history; a percentage that would fall is held back; once a night, in Santiago's window.
 *
 * Usage: see `php enviar.php` without arguments. MIT.
 */

declare(strict_types=1);

const ID_SISTEMA = 1350;
const ALUMNOS_POR_ENVIO = 200;
/** The official advice: answers can take minutes. */
const TIMEOUT_SECONDS = 600;
/** How long a send that the history does not show may still be on its way, in seconds. */
const WAIT_SECONDS = 1200;
const V2_CURSO = ['codigoEnvio', 'cantActividadSincronica', 'cantActividadAsincronica'];
const V2_ALUMNO = ['evaluacionFinal'];
const V2_MODULO = ['notaModulo', 'cantActividadSincronica', 'cantActividadAsincronica'];

const EXIT_OK = 0;
const EXIT_REJECTED = 1;
const EXIT_USAGE = 2;
const EXIT_CONNECTION = 3;
const EXIT_UNKNOWN = 4;

exit(main(array_slice($argv, 1)));

/** @param list<string> $args */
function main(array $args): int
{
    $options = readOptions($args);
    if ($options === null) {
        return usage();
    }
    $gestor = new Gestor($options['url'], $options['rut'], $options['token']);
    if ($options['command'] === 'probar') {
        return test($gestor);
    }
    $curso = json_decode((string) @file_get_contents($options['file']), true);
    if (!is_array($curso) || !is_array($curso['listaAlumnos'] ?? null)) {
        return say("No se puede leer {$options['file']} como un curso en JSON: revise el archivo.", EXIT_USAGE);
    }
    $store = new Store($options['state']);
    return (new Sender($gestor, $store, $options))->send($curso);
}

/** Reads the history, which is the official connection test. */
function test(Gestor $gestor): int
{
    $history = $gestor->history(['fechaDesde' => date('Y-m-d')]);
    if (is_array($history)) {
        return say('Se llega al Gestor y acepta el token.', EXIT_OK);
    }
    return say($history === 'refused' ? 'El Gestor no acepta el RUT o el token.' : 'No se llega al Gestor.', EXIT_CONNECTION);
}

final class Sender
{
    private DateTimeImmutable $now;

    public function __construct(private Gestor $gestor, private Store $store, private array $options)
    {
        $this->now = (new DateTimeImmutable($options['ahora'] ?? 'now'))
            ->setTimezone(new DateTimeZone('America/Santiago'));
    }

    public function send(array $curso): int
    {
        $key = "{$curso['codigoOferta']}|{$curso['codigoGrupo']}";
        $open = $this->settleOpen($key);
        if ($open !== null) {
            return $open;
        }
        $today = $this->now->format('Y-m-d');
        if ($this->options['noche'] && ($this->now->format('H') < '22' || ($this->store->data['noches'][$key] ?? '') === $today)) {
            return say('Fuera de la ventana (22:00 a 00:00 de Santiago), o ya enviado esta noche: no se envía.', EXIT_OK);
        }
        $curso = $this->prepare($curso, $key);
        if ($curso['listaAlumnos'] === []) {
            return say('No hay nada que enviar.', EXIT_OK);
        }
        if ($this->options['noche']) {
            $this->store->data['noches'][$key] = $today;
        }
        $code = EXIT_OK;
        foreach (array_chunk($curso['listaAlumnos'], ALUMNOS_POR_ENVIO) as $alumnos) {
            $code = max($code, $this->sendPart(['listaAlumnos' => $alumnos] + $curso, $key));
            if ($code >= EXIT_CONNECTION) {
                return $code;
            }
        }
        return $code;
    }

    /** What an earlier run left unknown comes first; null once nothing is open. */
    private function settleOpen(string $key): ?int
    {
        foreach ($this->store->data['abiertos'] as $codigo => $open) {
            if ($open['curso'] !== $key) {
                continue;
            }
            $desde = (new DateTimeImmutable($open['enviado']))->modify('-1 day')->format('Y-m-d');
            $history = $this->gestor->history(['fechaDesde' => $desde]);
            if (!is_array($history)) {
                return say('No se pudo consultar el historial: no se envía nada hasta saber qué pasó con el envío anterior.', EXIT_CONNECTION);
            }
            $proceso = $this->findProceso($history, (string) $codigo, $open);
            if ($proceso === null && $this->now->getTimestamp() - strtotime($open['enviado']) < WAIT_SECONDS) {
                return say('Todavía no se sabe si el envío anterior llegó. Vuelva a ejecutar dentro de 20 minutos.', EXIT_UNKNOWN);
            }
            if ($proceso !== null) {
                $this->keep($key, $open['registros'], fatesOfHistory($proceso));
            } elseif ($open['noche'] !== null) {
                unset($this->store->data['noches'][$key]);
            }
            unset($this->store->data['abiertos'][$codigo]);
            $this->store->save();
            if ($proceso !== null) {
                return say("El envío anterior había llegado (proceso {$proceso['id_proceso_externo']}): no se repite.", EXIT_OK);
            }
        }
        return null;
    }

    /** By its code; where none comes back, by what it says. */
    private function findProceso(array $history, string $codigo, array $open): ?array
    {
        foreach ($history as $proceso) {
            $code = strtoupper(trim((string) ($proceso['codigo_externo'] ?? '')));
            if ($this->options['version'] === 2 && $code === $codigo) {
                return $proceso;
            }
            if ($code === '' && (int) $proceso['id_proceso_externo'] > $open['anterior']) {
                $said = array_map(fn (array $r): string => "{$r['rut_alumno']}|{$r['mod_cod']}|" . (float) $r['mod_porcentaje_avance'], $proceso['listaregistros']);
                $sent = array_map(fn (string $r, float $p): string => "$r|$p", array_keys($open['registros']), $open['registros']);
                sort($said);
                sort($sent);
                if ($said === $sent) {
                    return $proceso;
                }
            }
        }
        return null;
    }

    /** The course as it goes: only what is asked for, nothing that would fall, dates of Santiago. */
    private function prepare(array $curso, string $key): array
    {
        $only = $this->options['rechazados'] ? ($this->store->data['rechazados'][$key] ?? []) : null;
        $old = $this->options['version'] === 1;
        $alumnos = [];
        foreach ($curso['listaAlumnos'] as $alumno) {
            $modulos = [];
            foreach ($alumno['listaModulos'] as $modulo) {
                $record = "{$alumno['rutAlumno']}|{$modulo['codigoModulo']}";
                $last = $this->store->data['avances'][$key][$record] ?? 0;
                if (($only !== null && !in_array($record, $only, true)) || $modulo['porcentajeAvance'] < $last) {
                    continue;
                }
                $modulos[] = $this->dated($old ? array_diff_key($modulo, array_flip(V2_MODULO)) : $modulo);
            }
            if ($modulos !== []) {
                $alumno = ['listaModulos' => $modulos] + $this->dated($old ? array_diff_key($alumno, array_flip(V2_ALUMNO)) : $alumno);
                $alumnos[] = $alumno + ['fechaEjecucion' => $this->now->format('Y-m-d')];
            }
        }
        return ['listaAlumnos' => $alumnos] + array_diff_key($curso, array_flip($old ? V2_CURSO : ['codigoEnvio']));
    }

    /** An instant with its zone becomes Santiago's day: 23:59 there is tomorrow in UTC. */
    private function dated(array $part): array
    {
        foreach (['fechaInicio', 'fechaFin'] as $field) {
            if (str_contains($part[$field], 'T')) {
                $part[$field] = (new DateTimeImmutable($part[$field]))->setTimezone($this->now->getTimezone())->format('Y-m-d');
            }
        }
        return $part;
    }

    private function sendPart(array $curso, string $key): int
    {
        $registros = [];
        foreach ($curso['listaAlumnos'] as $alumno) {
            foreach ($alumno['listaModulos'] as $modulo) {
                $registros["{$alumno['rutAlumno']}|{$modulo['codigoModulo']}"] = (float) $modulo['porcentajeAvance'];
            }
        }
        $codigo = 'P' . strtoupper(bin2hex(random_bytes(10)));
        $this->store->data['abiertos'][$codigo] = [
            'curso' => $key,
            'enviado' => $this->now->format(DATE_ATOM),
            'anterior' => $this->store->data['proceso'],
            'registros' => $registros,
            'noche' => $this->options['noche'] ? $this->now->format('Y-m-d') : null,
        ];
        // Before a byte leaves: whatever happens from here on, the next run knows of it.
        $this->store->save();
        $answer = $this->gestor->send($this->options['version'] === 1 ? $curso : $curso + ['codigoEnvio' => $codigo]);
        if ($answer === null) {
            return say('No se sabe si el envío llegó. Vuelva a ejecutar dentro de 20 minutos: se preguntará al historial.', EXIT_UNKNOWN);
        }
        if (isset($answer['error'])) {
            unset($this->store->data['abiertos'][$codigo], $this->store->data['noches'][$key]);
            $this->store->save();
            return say('El Gestor no acepta el RUT o el token: no se registró nada.', EXIT_CONNECTION);
        }
        $fates = fatesOfAnswer($answer, array_keys($registros));
        if (in_array('unknown', $fates, true)) {
            return say('La respuesta no nombra a todos. Vuelva a ejecutar dentro de 20 minutos: se preguntará al historial.', EXIT_UNKNOWN);
        }
        $this->store->data['proceso'] = max($this->store->data['proceso'], (int) $answer['id_proceso']);
        $this->keep($key, $registros, $fates);
        unset($this->store->data['abiertos'][$codigo]);
        $this->store->save();
        foreach ($answer['datosError'] ?? [] as ['codigo' => $code, 'mensaje' => $mensaje]) {
            say("Rechazado [$code] $mensaje", EXIT_REJECTED);
        }
        return in_array('rejected', $fates, true) ? EXIT_REJECTED : say("Proceso {$answer['id_proceso']}: todo aceptado.", EXIT_OK);
    }

    /** The percentages that were accepted, and what was rejected. */
    private function keep(string $key, array $registros, array $fates): void
    {
        $rejected = array_flip($this->store->data['rechazados'][$key] ?? []);
        foreach ($registros as $record => $porcentaje) {
            if (($fates[$record] ?? 'unknown') === 'accepted') {
                $this->store->data['avances'][$key][$record] = $porcentaje;
                unset($rejected[$record]);
            } else {
                $rejected[$record] = true;
            }
        }
        $this->store->data['rechazados'][$key] = array_map(strval(...), array_keys($rejected));
    }
}

/** Over HTTP, by PHP's own streams. Keeps token and RUT out of every message. */
final class Gestor
{
    public function __construct(private string $url, private string $rut, private string $token)
    {
    }

    /** The answer; `['error' => …]` where the credentials are refused; null: unknown whether it was recorded. */
    public function send(array $curso): ?array
    {
        $body = ['rutOtec' => $this->rut, 'idSistema' => ID_SISTEMA, 'token' => $this->token] + $curso;
        $answer = $this->call('POST', '/avance-sic/enviarAvance', json_encode($body, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR));
        return isset($answer['id_proceso']) || isset($answer['error']) ? $answer : null;
    }

    /** @return list<array>|'refused'|'unreachable' */
    public function history(array $filter): array|string
    {
        $query = http_build_query(['rutOtec' => $this->rut, 'idSistema' => ID_SISTEMA, 'token' => $this->token] + $filter);
        $answer = $this->call('GET', "/avance-sic/historialEnvios?$query", null);
        if ($answer === null) {
            return 'unreachable';
        }
        return isset($answer['error']) ? 'refused' : (array_is_list($answer) ? $answer : 'unreachable');
    }

    /** The JSON of an answer of HTTP 200, wherever it stands in the body; null for everything else. */
    private function call(string $method, string $path, ?string $body): ?array
    {
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => $body === null ? 'Accept: application/json' : "Content-Type: application/json\r\nAccept: application/json",
            'content' => $body ?? '',
            'timeout' => TIMEOUT_SECONDS,
            'follow_location' => 0,
            'ignore_errors' => true,
        ]]);
        $text = @file_get_contents($this->url . $path, false, $context);
        $status = isset($http_response_header[0]) ? explode(' ', $http_response_header[0])[1] ?? '' : '';
        return $text === false || $status !== '200' ? null : findJson($text);
    }
}

/** PHP notices have been seen in front of the body. */
function findJson(string $text): ?array
{
    for ($at = strcspn($text, '{['); $at < strlen($text); $at += 1 + strcspn($text, '{[', $at + 1)) {
        $value = json_decode(substr($text, $at), true);
        if (is_array($value)) {
            return $value;
        }
    }
    return null;
}

/** @param list<string> $records */
function fatesOfAnswer(array $answer, array $records): array
{
    $fates = array_fill_keys($records, 'unknown');
    foreach ($answer['envio'] ?? $answer['datosEnviados'] ?? [] as $alumno) {
        foreach ($alumno['listaModulos'] as $modulo) {
            $fates["{$alumno['rutAlumno']}|{$modulo['codigoModulo']}"] = 'accepted';
        }
    }
    foreach ($answer['datosError'] ?? [] as $error) {
        foreach ($records as $record) {
            [$rut, $modulo] = explode('|', $record, 2);
            $isOfIt = $error['alumno'] === null || (string) $error['alumno']['rutAlumno'] === $rut;
            if ($isOfIt && ($error['codigoModulo'] ?? $modulo) === $modulo) {
                $fates[$record] = 'rejected';
            }
        }
    }
    return $fates;
}

function fatesOfHistory(array $proceso): array
{
    $fates = [];
    foreach ($proceso['listaregistros'] as $registro) {
        $fates["{$registro['rut_alumno']}|{$registro['mod_cod']}"] = $registro['estado_registro'] === '1' ? 'accepted' : 'rejected';
    }
    return $fates;
}

/** What must survive a restart, in one JSON file; one process at a time. */
final class Store
{
    public array $data;
    /** @var resource */
    private $lock;

    public function __construct(private string $path)
    {
        $this->lock = fopen("$path.lock", 'c') ?: throw new RuntimeException("No se puede escribir en $path.");
        flock($this->lock, LOCK_EX);
        $empty = ['abiertos' => [], 'avances' => [], 'rechazados' => [], 'noches' => [], 'proceso' => 0];
        $this->data = is_file($path) ? json_decode(file_get_contents($path), true, 512, JSON_THROW_ON_ERROR) : $empty;
    }

    /** Written beside and put in place, so that a crash leaves the old one or the new one. */
    public function save(): void
    {
        $file = fopen("$this->path.nuevo", 'w');
        chmod("$this->path.nuevo", 0600);
        fwrite($file, json_encode($this->data, JSON_THROW_ON_ERROR));
        fsync($file);
        fclose($file);
        rename("$this->path.nuevo", $this->path);
    }
}

function say(string $text, int $code): int
{
    fwrite($code === EXIT_OK ? STDOUT : STDERR, "$text\n");
    return $code;
}

/** @param list<string> $args */
function readOptions(array $args): ?array
{
    $command = array_shift($args);
    $file = $command === 'enviar' ? array_shift($args) : null;
    $options = ['noche' => false, 'rechazados' => false, 'version' => 2, 'ahora' => null];
    while (($arg = array_shift($args)) !== null) {
        match ($arg) {
            '--noche' => $options['noche'] = true,
            '--solo-rechazados' => $options['rechazados'] = true,
            '--version' => $options['version'] = (int) array_shift($args),
            '--ahora' => $options['ahora'] = array_shift($args),
            default => $command = null,
        };
    }
    $settings = [
        'url' => rtrim(getenv('GESTOR_URL') ?: '', '/'),
        'rut' => getenv('RUT_OTEC') ?: '',
        'token' => strtoupper(trim(getenv('SENCE_TOKEN') ?: '')),
        'state' => getenv('ESTADO') ?: 'envios.json',
    ];
    $isWhole = ($command === 'probar' || $file !== null) && !in_array('', $settings, true);
    return $isWhole ? ['command' => $command, 'file' => $file] + $options + $settings : null;
}

function usage(): int
{
    return say(<<<'TEXT'
        Uso: php enviar.php probar
             php enviar.php enviar curso.json [--noche] [--solo-rechazados] [--version 1] [--ahora INSTANTE]

        curso.json trae codigoOferta, codigoGrupo y listaAlumnos, como el cuerpo de enviarAvance sin las credenciales.
        --noche            envía sólo entre las 22:00 y las 00:00 de Santiago, una vez por noche: para el programador de tareas
        --solo-rechazados  sólo lo que la vez anterior fue rechazado
        --ahora            el momento que vale, con su zona, para ensayar con un reloj movido
        Variables: GESTOR_URL (https://auladigital.sence.cl/gestor/API en producción), RUT_OTEC, SENCE_TOKEN,
        ESTADO (el archivo donde queda lo enviado; si falta, envios.json).
        Sale con 0 todo aceptado, 1 algo rechazado, 2 uso, 3 sin conexión o token rechazado, 4 no se sabe.
        TEXT, EXIT_USAGE);
}
