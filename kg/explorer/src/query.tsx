// Starts the query page.
import "./style/query.css";
