@echo off
rem Lo ejecuta la tarea "puente-noche", que despierta el equipo y lo mantiene despierto hasta que la noche esta enviada.
cd /d "%ProgramData%\puente" || exit /b 2
for %%F in (noche.log) do if %%~zF gtr 20000000 move /y noche.log noche.antes.log >nul
"%~dp0node\node.exe" "%~dp0app\node_modules\puente-sic\bin\puente.js" noche --una-vez >> noche.log 2>&1
