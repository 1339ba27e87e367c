import { useState } from 'react';
import { Campo, Casilla, Selector } from '../parts/campo.tsx';

/** How the usual mail services take a mail from a program; what each asks of the mailbox. */
const CORREOS = [
  {
    valor: 'otro',
    texto: 'Otro servidor',
    servidor: '',
    puerto: 587,
    tls: false,
    ayuda: 'Servidor, puerto y cifrado los sabe quien administra el correo de su organización.',
  },
  {
    valor: 'microsoft',
    texto: 'Microsoft 365',
    servidor: 'smtp.office365.com',
    puerto: 587,
    tls: false,
    ayuda:
      'Quien administra el correo debe permitir el envío por SMTP para esa casilla. El usuario es la dirección completa.',
  },
  {
    valor: 'google',
    texto: 'Google Workspace o Gmail',
    servidor: 'smtp.gmail.com',
    puerto: 465,
    tls: true,
    ayuda:
      'Con verificación en dos pasos, Google pide una contraseña de aplicación: la de la cuenta no sirve. El usuario es la dirección completa.',
  },
  {
    valor: 'zoho',
    texto: 'Zoho Mail',
    servidor: 'smtp.zoho.com',
    puerto: 465,
    tls: true,
    ayuda:
      'Con verificación en dos pasos, Zoho pide una contraseña de aplicación. Un dominio propio de pago usa smtppro.zoho.com.',
  },
  {
    valor: 'hosting',
    texto: 'cPanel u otro hosting',
    servidor: '',
    puerto: 465,
    tls: true,
    ayuda: 'El servidor suele llamarse mail. y su dominio: está en «Configurar cliente de correo» de cPanel.',
  },
] as const;

type Correo = (typeof CORREOS)[number]['valor'];

/** To whom, from where and through which server; a known service fills in the server, and what was typed stays. */
export function CamposCorreo() {
  const [de, setDe] = useState<Correo>('otro');
  const [{ servidor, puerto, tls }, setServidor] = useState({ servidor: '', puerto: '587', tls: false });
  const elegida = CORREOS.find(({ valor }) => valor === de) ?? CORREOS[0];
  return (
    <>
      <Campo
        etiqueta="Para"
        name="para"
        placeholder="coordinacion@ejemplo.cl"
        required
        ayuda="Si son varias direcciones, sepárelas con comas."
      />
      <Selector
        etiqueta="Su correo es de"
        value={de}
        opciones={CORREOS.map(({ valor, texto }) => ({ valor, texto }))}
        ayuda={elegida.ayuda}
        onChange={({ currentTarget: { value } }) => {
          const una = CORREOS.find(({ valor }) => valor === value) ?? CORREOS[0];
          setDe(una.valor);
          setServidor({
            servidor: una.servidor === '' ? servidor : una.servidor,
            puerto: String(una.puerto),
            tls: una.tls,
          });
        }}
      />
      <Campo etiqueta="Desde" name="de" placeholder="avisos@ejemplo.cl" maxLength={300} required />
      <Campo
        etiqueta="Servidor de correo saliente (SMTP)"
        name="servidor"
        placeholder="smtp.ejemplo.cl"
        maxLength={300}
        required
        value={servidor}
        onChange={({ currentTarget: { value } }) => setServidor({ servidor: value, puerto, tls })}
      />
      <Campo
        etiqueta="Puerto"
        name="puerto"
        type="number"
        min={1}
        max={65_535}
        required
        value={puerto}
        onChange={({ currentTarget: { value } }) => setServidor({ servidor, puerto: value, tls })}
      />
      <Casilla
        etiqueta="Cifrado desde el comienzo (TLS)"
        name="tls"
        ayuda="Márquelo con el puerto 465; con el 587, no."
        checked={tls}
        onChange={({ currentTarget: { checked } }) => setServidor({ servidor, puerto, tls: checked })}
      />
      <Campo etiqueta="Usuario del correo (opcional)" name="usuario" autoComplete="off" maxLength={300} />
      <Campo
        etiqueta="Contraseña del correo (opcional)"
        name="clave"
        type="password"
        autoComplete="off"
        maxLength={2000}
        ayuda="Se guarda cifrada."
      />
    </>
  );
}
