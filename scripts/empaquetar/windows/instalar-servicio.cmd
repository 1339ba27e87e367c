@echo off
rem Deja Puente funcionando solo: al iniciar el equipo y cada noche, tambien si el equipo duerme. Sirve para actualizar.
setlocal
chcp 65001 >nul
net session >nul 2>&1 || goto sinpermiso
set "CASA=%ProgramData%\puente"
set "PROGRAMA=%ProgramFiles%\puente"

rem Una version anterior se detiene; lo que estaba enviando se aclara solo al volver.
schtasks /End /TN puente >nul 2>&1
schtasks /End /TN puente-noche >nul 2>&1
powershell -NoProfile -Command "Get-Process node -ErrorAction SilentlyContinue | Where-Object Path -eq (Join-Path $env:ProgramFiles 'puente\node\node.exe') | Stop-Process -Force"

rem El programa queda donde solo quien administra lo puede cambiar, y no depende de la carpeta de descargas.
robocopy "%~dp0." "%PROGRAMA%" /MIR /NFL /NDL /NJH /NJS /NP /R:15 /W:2 >nul
if errorlevel 8 goto nocopia

if not exist "%CASA%\" mkdir "%CASA%"
icacls "%CASA%" /inheritance:r /grant:r "%USERDOMAIN%\%USERNAME%:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" "*S-1-5-19:(OI)(CI)M" >nul || goto sinpermiso

schtasks /Create /F /TN puente /XML "%PROGRAMA%\tarea-puente.xml" || goto notarea
schtasks /Create /F /TN puente-noche /XML "%PROGRAMA%\tarea-puente-noche.xml" || goto notarea
rem Sin esto Windows no despierta por una tarea (GUID_SLEEP, permitir temporizadores de reactivacion).
powercfg /SETACVALUEINDEX SCHEME_CURRENT SUB_SLEEP RTCWAKE 1 >nul 2>&1
powercfg /SETDCVALUEINDEX SCHEME_CURRENT SUB_SLEEP RTCWAKE 1 >nul 2>&1
powercfg /SETACTIVE SCHEME_CURRENT >nul 2>&1

schtasks /Run /TN puente >nul || goto notarea
for /l %%I in (1,1,60) do (
  curl.exe --silent --fail --output nul http://127.0.0.1:4350/vivo && goto vive
  timeout /t 1 /nobreak >nul
)
echo Puente quedó instalado, pero no respondió en un minuto. Lea %CASA%\servir.log
pause
exit /b 1

:vive
echo Puente quedó funcionando: parte con el equipo, envía cada noche y muestra el panel en http://127.0.0.1:4350
echo Lo suyo está en %CASA%. Para quitarlo: quitar-servicio.cmd
set "ENLACE=http://127.0.0.1:4350"
if exist "%CASA%\puente.enlace" set /p ENLACE=<"%CASA%\puente.enlace"
start "" "%ENLACE%"
pause
exit /b 0

:sinpermiso
echo Esto lo instala quien administra el equipo: clic derecho en instalar-servicio.cmd, «Ejecutar como administrador».
pause
exit /b 2

:nocopia
echo No se pudo copiar Puente a %PROGRAMA%. Cierre la ventana de Puente, si está abierta, y repita.
pause
exit /b 2

:notarea
echo Windows no aceptó la tarea programada; lo de arriba dice por qué. Nada se envía todavía.
echo Mientras tanto puede usar puente.cmd, y dejar esa ventana abierta de 22:00 a 00:00.
pause
exit /b 1
