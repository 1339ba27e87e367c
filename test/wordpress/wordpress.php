<?php
// One request to a WordPress that stands on the temporary folders of test/wordpress.test.ts. Post types stand in for
// Tutor's: nothing of it is needed to see when a click is noted.
[, $scene] = $argv;
$_SERVER += array( 'HTTP_HOST' => 'aula.example', 'SERVER_NAME' => 'aula.example', 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1' );
define( 'ABSPATH', getenv( 'WP' ) . '/' );
define( 'WP_CONTENT_DIR', getenv( 'CONTENIDO' ) );
define( 'DB_NAME', getenv( 'DB_NAME' ) );
define( 'DB_HOST', getenv( 'DB_HOST' ) );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_HOME', 'http://aula.example' );
define( 'WP_SITEURL', 'http://aula.example' );
define( 'DISABLE_WP_CRON', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
foreach ( array( 'AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT' ) as $key ) { define( $key, 'x' ); }
$table_prefix = 'wp_';
if ( 'instalar' === $scene ) {
	define( 'WP_INSTALLING', true );
	// Before there is a table nothing of ours is loaded.
	define( 'WPMU_PLUGIN_DIR', getenv( 'CONTENIDO' ) . '/none' );
	function wp_mail() { return true; }
}
if ( 'ajax' === $scene ) {
	define( 'DOING_AJAX', true );
	$_POST = array( 'action' => $argv[3], 'lesson_id' => $argv[4] );
}
require ABSPATH . 'wp-settings.php';

if ( 'instalar' === $scene ) {
	require ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install( 'Aula', 'jefa', 'jefa@aula.example', false, '', 'clave' );
	exit;
}
foreach ( array( 'courses', 'topics', 'lesson', 'sfwd-lessons', 'sfwd-topic' ) as $type ) { register_post_type( $type, array( 'public' => true ) ); }
if ( 'curso' === $scene ) {
	$make = fn( $type, $parent ) => wp_insert_post( array( 'post_type' => $type, 'post_parent' => $parent, 'post_title' => $type, 'post_status' => 'publish' ) );
	$course = $make( 'courses', 0 );
	$topic = $make( 'topics', $course );
	$student = username_exists( 'ana' ) ?: wp_create_user( 'ana', 'clave', 'ana@aula.example' );
	echo implode( ' ', array( $course, $topic, $make( 'lesson', $topic ), $make( 'page', 0 ), $student ) );
	exit;
}
if ( 'learndash' === $scene ) {
	$lesson = wp_insert_post( array( 'post_type' => 'sfwd-lessons', 'post_title' => 'l', 'post_status' => 'publish', 'meta_input' => array( 'course_id' => 700 ) ) );
	$topic = wp_insert_post( array( 'post_type' => 'sfwd-topic', 'post_title' => 't', 'post_status' => 'publish', 'meta_input' => array( 'course_id' => 700, 'lesson_id' => $lesson ) ) );
	echo "$lesson $topic";
	exit;
}
wp_set_current_user( (int) $argv[2] );
if ( 'ajax' === $scene ) {
	do_action( 'admin_init' );
	exit;
}
query_posts( array( 'p' => (int) $argv[3], 'post_type' => 'any' ) );
remove_action( 'template_redirect', 'redirect_canonical' );
do_action( 'template_redirect' );
