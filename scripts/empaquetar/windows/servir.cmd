@echo off
rem Lo ejecuta la tarea "puente" al iniciar el sistema.
cd /d "%ProgramData%\puente" || exit /b 2
for %%F in (servir.log) do if %%~zF gtr 20000000 move /y servir.log servir.antes.log >nul
"%~dp0node\node.exe" "%~dp0app\node_modules\puente-sic\bin\puente.js" servir >> servir.log 2>&1
