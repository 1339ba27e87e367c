@echo off
setlocal
chcp 65001 >nul
net session >nul 2>&1 || goto sinpermiso
schtasks /End /TN puente >nul 2>&1
schtasks /End /TN puente-noche >nul 2>&1
schtasks /Delete /F /TN puente
schtasks /Delete /F /TN puente-noche
powershell -NoProfile -Command "Get-Process node -ErrorAction SilentlyContinue | Where-Object Path -eq (Join-Path $env:ProgramFiles 'puente\node\node.exe') | Stop-Process -Force"
echo Puente ya no envía nada ni parte con el equipo.
echo Lo que anotó y sus ajustes siguen en %ProgramData%\puente: son la prueba de lo informado. El programa, en %ProgramFiles%\puente, se puede borrar.
pause
exit /b 0

:sinpermiso
echo Esto lo hace quien administra el equipo: clic derecho en quitar-servicio.cmd, «Ejecutar como administrador».
pause
exit /b 2
