@echo off
rem Con doble clic abre el panel en el navegador. Con una orden, la cumple: puente --ayuda
setlocal
set "NODE=%~dp0node\node.exe"
set "PUENTE=%~dp0app\node_modules\puente-sic\bin\puente.js"
if "%~1"=="" goto panel
"%NODE%" "%PUENTE%" %*
exit /b %errorlevel%

:panel
chcp 65001 >nul
set "CASA=%ProgramData%\puente"
if exist "%CASA%\" goto abrir
mkdir "%CASA%" || goto nopuede
rem Ahi quedan datos de alumnos: solo quien lo abrio, los administradores y el sistema.
icacls "%CASA%" /inheritance:r /grant:r "%USERDOMAIN%\%USERNAME%:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-18:(OI)(CI)F" >nul || goto nopuede

:abrir
cd /d "%CASA%" || goto nopuede
title Puente
"%NODE%" "%PUENTE%" servir --abrir
set "CODIGO=%errorlevel%"
if not "%CODIGO%"=="0" pause
exit /b %CODIGO%

:nopuede
echo No se puede usar la carpeta %CASA%, donde Puente guarda lo suyo.
echo Abra puente.cmd con la misma persona que lo abrió la primera vez, o pida a quien administra este computador que le dé permiso en ella.
pause
exit /b 2
